//! `_sockets`: the system calls behind `_socket`, which is written in Python.
//!
//! Sockets are descriptors, addresses are bytes as the system lays them out. A call may wait while other threads run; one
//! that a signal interrupts is repeated after its handler has run.

mod constants;

use std::ffi::CString;
use std::net::{Ipv4Addr, Ipv6Addr};

use runtime::modules::NativeModule;
use runtime::object::{Dict, MethodDef, PyResult, Ref, Value};
use runtime::types::module::Module;
use runtime::vm::sockets;
use runtime::vm::system::SysResult;
use runtime::{Raised, Vm};

/// The module.
pub static MODULE: NativeModule = NativeModule::new("_sockets", "", FUNCTIONS).with_init(
    |vm: &Vm, _module: &Ref<Module>, namespace: &Ref<Dict>| {
        let numbers = vm.dict();
        for &(name, number) in constants::CONSTANTS {
            numbers.insert(vm, &vm.intern(name), vm.int(number))?;
        }
        vm.define(namespace, "constants", numbers.into_value())
    },
);

const FUNCTIONS: &[MethodDef] = &[
    MethodDef::bound(
        "open",
        "($module, family, type, proto, /)",
        "",
        |vm, args| {
            let [family, kind, protocol] = numbers(vm, [&args[1], &args[2], &args[3]])?;
            let fd = system(vm, || sockets::open(family, kind, protocol))?;
            Ok(vm.int(fd.into()))
        },
    ),
    MethodDef::bound(
        "pair",
        "($module, family, type, proto, /)",
        "",
        |vm, args| {
            let [family, kind, protocol] = numbers(vm, [&args[1], &args[2], &args[3]])?;
            let (one, other) = system(vm, || sockets::pair(family, kind, protocol))?;
            Ok(vm.tuple_value([vm.int(one.into()), vm.int(other.into())]))
        },
    ),
    MethodDef::bound("bind", "($module, fd, address, /)", "", |vm, args| {
        let fd = vm.arg_int(&args[1])?;
        let address = bytes(vm, &args[2])?;
        nothing(system(vm, || sockets::bind(fd, &address)))
    }),
    MethodDef::bound("connect", "($module, fd, address, /)", "", |vm, args| {
        let fd = vm.arg_int(&args[1])?;
        let address = bytes(vm, &args[2])?;
        // An interrupted connection goes on by itself: what it came to is not told by a second call.
        match vm.allow_threads(|| sockets::connect(fd, &address)) {
            Ok(()) => Ok(Value::NONE),
            Err(error) => Err(vm.raise_os_error(error, None, None)),
        }
    }),
    MethodDef::bound("listen", "($module, fd, backlog, /)", "", |vm, args| {
        let [fd, backlog] = numbers(vm, [&args[1], &args[2]])?;
        nothing(system(vm, || sockets::listen(fd, backlog)))
    }),
    MethodDef::bound("accept", "($module, fd, /)", "", |vm, args| {
        let fd = vm.arg_int(&args[1])?;
        let (new, address) = system(vm, || sockets::accept(fd))?;
        Ok(vm.tuple_value([vm.int(new.into()), vm.bytes_value(&address)]))
    }),
    MethodDef::bound("name", "($module, fd, peer, /)", "", |vm, args| {
        let fd = vm.arg_int(&args[1])?;
        let peer = vm.truth(&args[2])?;
        let address = system(vm, || sockets::name(fd, peer))?;
        Ok(vm.bytes_value(&address))
    }),
    MethodDef::bound(
        "send",
        "($module, fd, data, flags, address, /)",
        "",
        |vm, args| {
            let [fd, flags] = numbers(vm, [&args[1], &args[3]])?;
            let data = bytes(vm, &args[2])?;
            let address = optional(vm, &args[4])?;
            let sent = system(vm, || sockets::send(fd, &data, flags, address.as_deref()))?;
            Ok(vm.int_usize(sent))
        },
    ),
    MethodDef::bound(
        "receive",
        "($module, fd, size, flags, /)",
        "",
        |vm, args| {
            let [fd, flags] = numbers(vm, [&args[1], &args[3]])?;
            let mut room = room(vm, &args[2])?;
            let (count, address) = system(vm, || sockets::receive(fd, &mut room, flags))?;
            room.truncate(count);
            Ok(vm.tuple_value([vm.bytes_value(&room), vm.bytes_value(&address)]))
        },
    ),
    MethodDef::bound(
        "send_message",
        "($module, fd, data, control, flags, address, /)",
        "",
        |vm, args| {
            let [fd, flags] = numbers(vm, [&args[1], &args[4]])?;
            let (data, control) = (bytes(vm, &args[2])?, bytes(vm, &args[3])?);
            let address = optional(vm, &args[5])?;
            let sent = system(vm, || {
                sockets::send_message(fd, &data, &control, flags, address.as_deref())
            })?;
            Ok(vm.int_usize(sent))
        },
    ),
    MethodDef::bound(
        "receive_message",
        "($module, fd, size, control_size, flags, /)",
        "",
        |vm, args| {
            let [fd, flags] = numbers(vm, [&args[1], &args[4]])?;
            let mut room = room(vm, &args[2])?;
            let control = usize::try_from(vm.arg_int(&args[3])?).unwrap_or(0);
            vm.check_room(control)?;
            let message = system(vm, || {
                sockets::receive_message(fd, &mut room, control, flags)
            })?;
            room.truncate(message.count);
            Ok(vm.tuple_value([
                vm.bytes_value(&room),
                vm.bytes_value(&message.control),
                vm.int(message.flags.into()),
                vm.bytes_value(&message.address),
            ]))
        },
    ),
    MethodDef::bound("shutdown", "($module, fd, how, /)", "", |vm, args| {
        let [fd, how] = numbers(vm, [&args[1], &args[2]])?;
        nothing(system(vm, || sockets::shutdown(fd, how)))
    }),
    MethodDef::bound(
        "option",
        "($module, fd, level, name, size, /)",
        "",
        |vm, args| {
            let [fd, level, name, size] = numbers(vm, [&args[1], &args[2], &args[3], &args[4]])?;
            let size = usize::try_from(size).unwrap_or(0);
            let value = system(vm, || sockets::option(fd, level, name, size))?;
            Ok(vm.bytes_value(&value))
        },
    ),
    MethodDef::bound(
        "set_option",
        "($module, fd, level, name, value, size, /)",
        "",
        |vm, args| {
            let [fd, level, name, size] = numbers(vm, [&args[1], &args[2], &args[3], &args[5]])?;
            let value = optional(vm, &args[4])?;
            let size = usize::try_from(size).unwrap_or(0);
            nothing(system(vm, || {
                sockets::set_option(fd, level, name, value.as_deref(), size)
            }))
        },
    ),
    MethodDef::bound(
        "look_up",
        "($module, host, service, family, type, proto, flags, /)",
        "",
        look_up,
    ),
    MethodDef::bound("names", "($module, address, flags, /)", "", |vm, args| {
        let address = bytes(vm, &args[1])?;
        let flags = vm.arg_int(&args[2])?;
        match vm.allow_threads(|| sockets::names(&address, flags)) {
            Ok((host, service)) => {
                Ok(vm.tuple_value([vm.bytes_value(&host), vm.bytes_value(&service)]))
            }
            Err(error) => Ok(vm.int(error.into())),
        }
    }),
    MethodDef::bound("look_up_message", "($module, error, /)", "", |vm, args| {
        Ok(vm.str_value(&sockets::look_up_message(vm.arg_int(&args[1])?)))
    }),
    MethodDef::bound("packed", "($module, family, text, /)", "", |vm, args| {
        let family = vm.arg_int(&args[1])?;
        let text = vm.display(&args[2]);
        let packed = match family {
            libc::AF_INET => text.parse().ok().map(|a: Ipv4Addr| a.octets().to_vec()),
            libc::AF_INET6 => text.parse().ok().map(|a: Ipv6Addr| a.octets().to_vec()),
            _ => return Err(failed(vm, libc::EAFNOSUPPORT)),
        };
        Ok(packed.map_or(Value::NONE, |packed| vm.bytes_value(&packed)))
    }),
    MethodDef::bound("presented", "($module, packed, /)", "", |vm, args| {
        let packed = bytes(vm, &args[1])?;
        if let Ok(octets) = <[u8; 4]>::try_from(packed.as_slice()) {
            return Ok(vm.str_value(&Ipv4Addr::from(octets).to_string()));
        }
        match <[u8; 16]>::try_from(packed.as_slice()) {
            Ok(octets) => Ok(vm.str_value(&Ipv6Addr::from(octets).to_string())),
            Err(_) => Ok(Value::NONE),
        }
    }),
    MethodDef::bound("interface_index", "($module, name, /)", "", |vm, args| {
        let name = vm.fs_encode(&args[1])?;
        let index = system(vm, || sockets::interface_index(&name))?;
        Ok(vm.int(index.into()))
    }),
    MethodDef::bound("interface_name", "($module, index, /)", "", |vm, args| {
        let index = vm.arg_long(&args[1])?;
        let name = system(vm, || sockets::interface_name(index as u32))?;
        vm.fs_decode(&name).map(Ref::into_value)
    }),
    MethodDef::bound(
        "service_port",
        "($module, name, protocol, /)",
        "",
        |vm, args| {
            let name = vm.fs_encode(&args[1])?;
            let protocol = c_text(vm, &args[2])?;
            let port = sockets::service_port(&name, protocol.as_ref());
            Ok(port.map_or(Value::NONE, |port| vm.int(port.into())))
        },
    ),
    MethodDef::bound(
        "service_name",
        "($module, port, protocol, /)",
        "",
        |vm, args| {
            let port = vm.arg_int(&args[1])? as u16;
            let protocol = c_text(vm, &args[2])?;
            match sockets::service_name(port, protocol.as_ref()) {
                Some(name) => vm.fs_decode(&name).map(Ref::into_value),
                None => Ok(Value::NONE),
            }
        },
    ),
    MethodDef::bound("protocol_number", "($module, name, /)", "", |vm, args| {
        let number = sockets::protocol_number(&vm.fs_encode(&args[1])?);
        Ok(number.map_or(Value::NONE, |number| vm.int(number.into())))
    }),
];

fn numbers<const N: usize>(vm: &Vm, values: [&Value; N]) -> PyResult<[i32; N]> {
    let mut numbers = [0; N];
    for (number, value) in numbers.iter_mut().zip(values) {
        *number = vm.arg_int(value)?;
    }
    Ok(numbers)
}

fn bytes(vm: &Vm, value: &Value) -> PyResult<Vec<u8>> {
    vm.copied_bytes(value)
}

fn optional(vm: &Vm, value: &Value) -> PyResult<Option<Vec<u8>>> {
    value.given_not_none().map(|v| bytes(vm, v)).transpose()
}

fn c_text(vm: &Vm, value: &Value) -> PyResult<Option<CString>> {
    value.given_not_none().map(|v| vm.fs_encode(v)).transpose()
}

/// Memory to receive into.
fn room(vm: &Vm, size: &Value) -> PyResult<Vec<u8>> {
    let size = usize::try_from(vm.arg_ssize(size)?).unwrap_or(0);
    let mut room = Vec::new();
    room.try_reserve_exact(size)
        .map_err(|_| vm.memory_error())?;
    room.resize(size, 0);
    Ok(room)
}

fn nothing(done: PyResult<()>) -> PyResult {
    done.map(|()| Value::NONE)
}

/// Makes a system call.
fn system<R>(vm: &Vm, mut call: impl FnMut() -> SysResult<R>) -> PyResult<R> {
    loop {
        match vm.allow_threads(&mut call) {
            Ok(result) => return Ok(result),
            Err(libc::EINTR) => vm.handle_signals()?,
            Err(error) => return Err(failed(vm, error)),
        }
    }
}

fn failed(vm: &Vm, error: i32) -> Raised {
    vm.raise_os_error(error, None, None)
}

/// A list of what was found, or the number of the error.
fn look_up(vm: &Vm, args: &[Value]) -> PyResult {
    let (host, service) = (c_text(vm, &args[1])?, c_text(vm, &args[2])?);
    let hints = numbers(vm, [&args[3], &args[4], &args[5], &args[6]])?;
    match vm.allow_threads(|| sockets::look_up(host.as_ref(), service.as_ref(), hints)) {
        Err(libc::EAI_SYSTEM) => {
            let error = std::io::Error::last_os_error().raw_os_error().unwrap_or(0);
            Err(failed(vm, error))
        }
        Err(error) => Ok(vm.int(error.into())),
        Ok(found) => {
            let entries = found.into_iter().map(|entry| {
                vm.tuple_value([
                    vm.int(entry.family.into()),
                    vm.int(entry.kind.into()),
                    vm.int(entry.protocol.into()),
                    vm.bytes_value(&entry.canonical),
                    vm.bytes_value(&entry.address),
                ])
            });
            vm.list_from(entries).map(Ref::into_value)
        }
    }
}
