//! Resolution orders: C3 linearisation, and what a custom `mro()` may answer.

use crate::object::{Class, PyResult, Raised, Ref, Tuple, Value};
use crate::vm::Vm;

impl Vm {
    /// The class followed by the merge of its bases' orders and the list of its bases.
    pub(super) fn compute_mro(&self, class: &Ref<Class>) -> PyResult<Vec<Value>> {
        let bases = class.bases.get().unwrap_or_else(|| self.tuple_value([]));
        let bases: Vec<Value> = bases
            .payload::<Tuple>()
            .map(|b| b.to_vec())
            .unwrap_or_default();
        let mut orders = Vec::with_capacity(bases.len() + 1);
        for base in &bases {
            let Some(base) = base.as_ref_to::<Class>() else {
                return Err(self.type_error("bases must be types"));
            };
            let Some(mro) = base.mro.get() else {
                return Err(self.type_error(format!(
                    "Cannot extend an incomplete type '{}'",
                    base.name_string()
                )));
            };
            orders.push(
                mro.payload::<Tuple>()
                    .map(|m| m.to_vec())
                    .unwrap_or_default(),
            );
        }
        let mut result = vec![class.to_value()];
        if let [only] = &mut orders[..] {
            result.append(only);
            return Ok(result);
        }
        for (i, base) in bases.iter().enumerate() {
            if bases[..i].iter().any(|b| b.is(base)) {
                return Err(self.type_error(format!("duplicate base class {}", name_of(base))));
            }
        }
        orders.push(bases);
        let mut starts = vec![0; orders.len()];
        loop {
            let heads = orders.iter().zip(&starts).filter_map(|(o, &s)| o.get(s));
            let mut empty = true;
            let mut chosen = None;
            for head in heads {
                empty = false;
                let in_tail = orders
                    .iter()
                    .zip(&starts)
                    .any(|(o, &s)| o.iter().skip(s + 1).any(|c| c.is(head)));
                if !in_tail {
                    chosen = Some(head.clone());
                    break;
                }
            }
            if empty {
                return Ok(result);
            }
            let Some(chosen) = chosen else {
                return Err(self.inconsistent(&orders, &starts));
            };
            for (order, start) in orders.iter().zip(&mut starts) {
                if order.get(*start).is_some_and(|c| c.is(&chosen)) {
                    *start += 1;
                }
            }
            result.push(chosen);
        }
    }

    #[cold]
    fn inconsistent(&self, orders: &[Vec<Value>], starts: &[usize]) -> Raised {
        let mut heads: Vec<&Value> = Vec::new();
        for head in orders.iter().zip(starts).filter_map(|(o, &s)| o.get(s)) {
            if !heads.iter().any(|h| h.is(head)) {
                heads.push(head);
            }
        }
        let names: Vec<String> = heads.into_iter().map(name_of).collect();
        self.type_error(format!(
            "Cannot create a consistent method resolution\norder (MRO) for bases {}",
            names.join(", ")
        ))
    }

    /// The order by the metaclass's `mro()`, checked where that is a program's.
    pub(super) fn find_mro(&self, class: &Ref<Class>) -> PyResult<Ref<Tuple>> {
        let meta = self.class_of(class.as_value()).clone();
        let own = self.types.type_.dict.get_str(self, &self.names.mro)?;
        let method = self.lookup_in_class(&meta, &self.names.mro);
        let is_default = match (&own, &method) {
            (Some(own), Some(method)) => own.is(method),
            _ => true,
        };
        if meta.is(&self.types.type_) || is_default {
            return Ok(self.tuple(self.compute_mro(class)?));
        }
        let result = self
            .call_slot_method(class.as_value(), &self.names.mro, &[])?
            .unwrap_or(Value::NONE);
        let order = self.collect(&result)?;
        let solid = self.solid_base(class);
        for entry in &order {
            let Some(entry) = entry.as_ref_to::<Class>() else {
                return Err(self.type_error(format!(
                    "mro() returned a non-class ('{}')",
                    self.class_name(entry)
                )));
            };
            if !solid.is_subclass_of(&self.solid_base(entry)) {
                return Err(self.type_error(format!(
                    "mro() returned base with unsuitable layout ('{}')",
                    entry.name_string()
                )));
            }
        }
        Ok(self.tuple(order))
    }
}

fn name_of(class: &Value) -> String {
    class
        .payload::<Class>()
        .map_or_else(String::new, Class::name_string)
}
