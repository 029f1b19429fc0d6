//! `import` statements; the import system itself is in `vm/import.rs`.

use super::macros::op;

op!(import_name, 1, |vm, stack, arg, _fp| {
    let names = stack.pop();
    let level = stack.pop();
    let frame = vm
        .current_frame()
        .ok_or_else(|| vm.system_error("no frame"))?;
    let name = frame.code().names[arg as usize].clone();
    let module = vm.import_statement(&name, &names, &level)?;
    stack.push(module);
    Ok(())
});

op!(import_from, 1, |vm, stack, arg, _fp| {
    let frame = vm
        .current_frame()
        .ok_or_else(|| vm.system_error("no frame"))?;
    let name = frame.code().names[arg as usize].clone();
    let value = vm.import_from(stack.peek(1), &name)?;
    stack.push(value);
    Ok(())
});
