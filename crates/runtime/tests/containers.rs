//! The tables of dict and set against plain models.

use runtime::object::{Dict, Value};
use runtime::vm::Vm;

/// A small generator of pseudo-random numbers.
struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % n
    }
}

fn check(vm: &Vm, dict: &Dict, model: &[(Value, i64)]) {
    assert_eq!(dict.len(), model.len());
    let entries = dict.to_vec();
    assert_eq!(entries.len(), model.len());
    for ((key, value), (wanted_key, wanted)) in entries.iter().zip(model) {
        assert!(key.is(wanted_key));
        assert_eq!(value.as_small_int(), Some(*wanted));
        let found = dict.get(vm, key).unwrap().and_then(|v| v.as_small_int());
        assert_eq!(found, Some(*wanted));
    }
}

#[test]
fn dict_behaves_like_an_ordered_list_of_pairs() {
    let vm = Vm::new(0);
    let mut random = Random(42);
    for round in 0..60 {
        let dict = vm.dict();
        let mut model: Vec<(Value, i64)> = Vec::new();
        let strings = round % 2 == 0;
        let range = [6, 40, 600][round % 3];
        let keys: Vec<Value> = (0..range)
            .map(|i| {
                if strings {
                    vm.str_value(&format!("key {i}"))
                } else {
                    Value::small_int(i as i64 * 8)
                }
            })
            .collect();
        for step in 0..1500 {
            let key = &keys[random.below(range) as usize];
            let place = model.iter().position(|(k, _)| k.is(key));
            match random.below(if step > 1000 { 9 } else { 7 }) {
                0..=4 => {
                    let old = dict.insert(vm, key, Value::small_int(step)).unwrap();
                    assert_eq!(old.is_some(), place.is_some());
                    match place {
                        Some(place) => model[place].1 = step,
                        None => model.push((key.clone(), step)),
                    }
                }
                8 => {
                    let popped = dict.pop_last(vm);
                    assert_eq!(popped.is_some(), model.pop().is_some());
                }
                _ => {
                    let removed = dict.remove(vm, key).unwrap();
                    assert_eq!(removed.is_some(), place.is_some());
                    if let Some(place) = place {
                        model.remove(place);
                    }
                }
            }
        }
        check(vm, &dict, &model);
        check(vm, &vm.dict_copy(&dict).unwrap(), &model);
        // A key of another kind turns a table of strings into a general one.
        let odd = Value::small_int(-5);
        dict.insert(vm, &odd, Value::small_int(1)).unwrap();
        model.push((odd, 1));
        check(vm, &dict, &model);
        runtime::object::dict::clear(&dict);
        assert!(dict.is_empty());
    }
}

#[test]
fn keys_versions_follow_the_keys() {
    let vm = Vm::new(0);
    let dict = vm.dict();
    let (a, b) = (vm.intern("a"), vm.intern("b"));
    dict.insert(vm, &a, Value::small_int(1)).unwrap();
    let version = dict.keys_version();
    assert_ne!(version, 0);
    let place = dict.entry_index_of(vm, &a).unwrap();
    dict.insert(vm, &a, Value::small_int(2)).unwrap();
    assert_eq!(dict.keys_version(), version);
    assert_eq!(dict.value_at_index(place).unwrap().as_small_int(), Some(2));
    dict.insert(vm, &b, Value::small_int(3)).unwrap();
    assert_ne!(dict.keys_version(), version);
    assert_eq!(dict.entry_index_of(vm, &vm.intern("c")), None);
    dict.remove(vm, &a).unwrap();
    assert!(dict.value_at_index(place).is_none());
}

#[test]
fn dict_is_tracked_when_a_container_comes_in() {
    let vm = Vm::new(0);
    let dict = vm.dict();
    dict.insert(vm, &vm.intern("a"), Value::small_int(1))
        .unwrap();
    assert!(!dict.header().is_tracked());
    let list = vm.list_from([]).unwrap().into_value();
    dict.insert(vm, &vm.intern("b"), list).unwrap();
    assert!(dict.header().is_tracked());
    dict.remove(vm, &vm.intern("b")).unwrap();
    assert!(dict.header().is_tracked());
    assert!(dict.holds_only_atoms());
}

#[test]
fn small_dicts_are_small() {
    let vm = Vm::new(0);
    let dict = vm.dict();
    for name in ["a", "b", "c", "d", "e"] {
        dict.insert(vm, &vm.intern(name), Value::NONE).unwrap();
    }
    let bytes = vm.own_block_bytes(dict.as_value()) + dict.table_bytes();
    assert!(bytes <= 144, "{bytes}");
    let one = vm.dict_presized(1, true).unwrap();
    one.insert(vm, &vm.intern("a"), Value::NONE).unwrap();
    let bytes = vm.own_block_bytes(one.as_value()) + one.table_bytes();
    assert!(bytes <= 80, "{bytes}");
}

#[test]
fn sets_of_integers_have_cpythons_order() {
    let vm = Vm::new(0);
    let order = |numbers: &[i64]| -> Vec<i64> {
        let set = vm.set();
        for &n in numbers {
            set.add(vm, &Value::small_int(n)).unwrap();
        }
        let keys = set.to_vec();
        keys.iter().filter_map(Value::as_small_int).collect()
    };
    assert_eq!(order(&[5, 3, 9, 1]), [9, 3, 5, 1]);
    assert_eq!(order(&[8, 0, 16, 24]), [8, 0, 16, 24]);
    assert_eq!(order(&[100, 7, 3_000, 64, 65]), [64, 65, 100, 7, 3_000]);
    assert_eq!(
        order(&[33, 1, 65, 97, 129, 2, 34]),
        [65, 33, 129, 1, 97, 2, 34]
    );
}
