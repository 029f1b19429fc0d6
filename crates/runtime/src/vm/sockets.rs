//! The system calls of sockets, over addresses as the system lays them out in memory.
//!
//! Errors are the system's error numbers; of name look-ups, those of `getaddrinfo`.
#![allow(unsafe_code)]

use std::ffi::{CStr, CString};
use std::mem::MaybeUninit;

use super::system::SysResult;

/// Room for an address of any family.
const ADDRESS_ROOM: usize = size_of::<libc::sockaddr_storage>();

fn last_error() -> i32 {
    std::io::Error::last_os_error().raw_os_error().unwrap_or(0)
}

fn check(result: libc::c_int) -> SysResult<i32> {
    if result < 0 {
        Err(last_error())
    } else {
        Ok(result)
    }
}

fn check_size(result: libc::ssize_t) -> SysResult<usize> {
    usize::try_from(result).map_err(|_| last_error())
}

fn length(bytes: &[u8]) -> libc::socklen_t {
    bytes.len().min(ADDRESS_ROOM) as libc::socklen_t
}

/// An address that a call filled in.
struct Filled {
    bytes: [u64; ADDRESS_ROOM / 8],
    len: libc::socklen_t,
}

impl Filled {
    fn new() -> Filled {
        Filled {
            bytes: [0; ADDRESS_ROOM / 8],
            len: ADDRESS_ROOM as libc::socklen_t,
        }
    }

    fn pointer(&mut self) -> *mut libc::sockaddr {
        self.bytes.as_mut_ptr().cast()
    }

    fn to_vec(&self) -> Vec<u8> {
        let bytes = self.bytes.iter().flat_map(|word| word.to_ne_bytes());
        bytes.take(self.len as usize).collect()
    }
}

/// Makes a socket that programs started from here do not inherit.
pub fn open(family: i32, kind: i32, protocol: i32) -> SysResult<i32> {
    // SAFETY: works on any numbers.
    check(unsafe { libc::socket(family, kind | libc::SOCK_CLOEXEC, protocol) })
}

/// Two sockets that are connected to each other.
pub fn pair(family: i32, kind: i32, protocol: i32) -> SysResult<(i32, i32)> {
    let mut both = [0; 2];
    // SAFETY: the array has room for two numbers.
    check(unsafe {
        libc::socketpair(
            family,
            kind | libc::SOCK_CLOEXEC,
            protocol,
            both.as_mut_ptr(),
        )
    })?;
    Ok((both[0], both[1]))
}

/// Gives a socket its address.
pub fn bind(fd: i32, address: &[u8]) -> SysResult<()> {
    // SAFETY: pointer and length are those of one slice.
    check(unsafe { libc::bind(fd, address.as_ptr().cast(), length(address)) }).map(drop)
}

/// Connects a socket to an address.
pub fn connect(fd: i32, address: &[u8]) -> SysResult<()> {
    // SAFETY: pointer and length are those of one slice.
    check(unsafe { libc::connect(fd, address.as_ptr().cast(), length(address)) }).map(drop)
}

/// Lets others connect.
pub fn listen(fd: i32, backlog: i32) -> SysResult<()> {
    // SAFETY: works on any numbers.
    check(unsafe { libc::listen(fd, backlog) }).map(drop)
}

/// Takes a connection: its socket and the address of who connected.
pub fn accept(fd: i32) -> SysResult<(i32, Vec<u8>)> {
    let mut address = Filled::new();
    let pointer = address.pointer();
    // SAFETY: the address has as much room as its length says.
    let new = check(unsafe { libc::accept4(fd, pointer, &mut address.len, libc::SOCK_CLOEXEC) })?;
    Ok((new, address.to_vec()))
}

/// The address of a socket, or with `peer` that of the one it is connected to.
pub fn name(fd: i32, peer: bool) -> SysResult<Vec<u8>> {
    let mut address = Filled::new();
    let pointer = address.pointer();
    // SAFETY: the address has as much room as its length says.
    check(unsafe {
        match peer {
            true => libc::getpeername(fd, pointer, &mut address.len),
            false => libc::getsockname(fd, pointer, &mut address.len),
        }
    })?;
    Ok(address.to_vec())
}

/// Sends bytes, to an address if one is given; how many were taken.
pub fn send(fd: i32, bytes: &[u8], flags: i32, address: Option<&[u8]>) -> SysResult<usize> {
    let (pointer, len) = match address {
        Some(address) => (address.as_ptr(), length(address)),
        None => (std::ptr::null(), 0),
    };
    // SAFETY: pointers and lengths are those of slices, or null and nothing.
    check_size(unsafe {
        libc::sendto(
            fd,
            bytes.as_ptr().cast(),
            bytes.len(),
            flags,
            pointer.cast(),
            len,
        )
    })
}

/// Receives bytes: how many, and from whom.
pub fn receive(fd: i32, room: &mut [u8], flags: i32) -> SysResult<(usize, Vec<u8>)> {
    let mut address = Filled::new();
    let pointer = address.pointer();
    // SAFETY: both have as much room as their lengths say.
    let count = check_size(unsafe {
        let room_at = room.as_mut_ptr().cast();
        libc::recvfrom(fd, room_at, room.len(), flags, pointer, &mut address.len)
    })?;
    Ok((count, address.to_vec()))
}

/// Sends bytes with control messages.
pub fn send_message(
    fd: i32,
    bytes: &[u8],
    control: &[u8],
    flags: i32,
    address: Option<&[u8]>,
) -> SysResult<usize> {
    let mut part = libc::iovec {
        iov_base: bytes.as_ptr().cast_mut().cast(),
        iov_len: bytes.len(),
    };
    // SAFETY: a message of zeros is one of nothing.
    let mut message: libc::msghdr = unsafe { std::mem::zeroed() };
    message.msg_iov = &mut part;
    message.msg_iovlen = 1;
    if !control.is_empty() {
        message.msg_control = control.as_ptr().cast_mut().cast();
        message.msg_controllen = control.len() as _;
    }
    if let Some(address) = address {
        message.msg_name = address.as_ptr().cast_mut().cast();
        message.msg_namelen = length(address);
    }
    // SAFETY: what the message points to lives until the call returns, which only reads it.
    check_size(unsafe { libc::sendmsg(fd, &message, flags) })
}

/// What came with a message: bytes received, control messages, flags, and from whom.
pub struct Message {
    pub count: usize,
    pub control: Vec<u8>,
    pub flags: i32,
    pub address: Vec<u8>,
}

/// Receives bytes with control messages of at most so many bytes.
pub fn receive_message(
    fd: i32,
    room: &mut [u8],
    control_room: usize,
    flags: i32,
) -> SysResult<Message> {
    let mut address = Filled::new();
    let mut control = Vec::new();
    let reserved = control.try_reserve_exact(control_room.div_ceil(8));
    reserved.map_err(|_| libc::ENOMEM)?;
    control.resize(control_room.div_ceil(8), 0_u64);
    let mut part = libc::iovec {
        iov_base: room.as_mut_ptr().cast(),
        iov_len: room.len(),
    };
    // SAFETY: a message of zeros is one of nothing.
    let mut message: libc::msghdr = unsafe { std::mem::zeroed() };
    message.msg_name = address.pointer().cast();
    message.msg_namelen = address.len;
    message.msg_iov = &mut part;
    message.msg_iovlen = 1;
    message.msg_control = control.as_mut_ptr().cast();
    message.msg_controllen = control_room as _;
    // SAFETY: what the message points to has the room that it says.
    let count = check_size(unsafe { libc::recvmsg(fd, &mut message, flags) })?;
    address.len = message.msg_namelen;
    let control = control.iter().flat_map(|word| word.to_ne_bytes());
    Ok(Message {
        count,
        control: control.take(message.msg_controllen as usize).collect(),
        flags: message.msg_flags,
        address: address.to_vec(),
    })
}

/// Ends one or both directions of a connection.
pub fn shutdown(fd: i32, how: i32) -> SysResult<()> {
    // SAFETY: works on any numbers.
    check(unsafe { libc::shutdown(fd, how) }).map(drop)
}

/// The value of an option, at most `room` bytes of it.
pub fn option(fd: i32, level: i32, name: i32, room: usize) -> SysResult<Vec<u8>> {
    let mut value = vec![0u8; room];
    let mut len = room as libc::socklen_t;
    // SAFETY: the value has as much room as the length says.
    check(unsafe { libc::getsockopt(fd, level, name, value.as_mut_ptr().cast(), &mut len) })?;
    value.truncate(len as usize);
    Ok(value)
}

/// Sets an option; without a value the length alone is told.
pub fn set_option(
    fd: i32,
    level: i32,
    name: i32,
    value: Option<&[u8]>,
    len: usize,
) -> SysResult<()> {
    let (pointer, len) = match value {
        Some(value) => (value.as_ptr(), value.len()),
        None => (std::ptr::null(), len),
    };
    // SAFETY: the pointer is null or that of a slice of this length.
    check(unsafe { libc::setsockopt(fd, level, name, pointer.cast(), len as libc::socklen_t) })
        .map(drop)
}

/// One answer to a look-up.
pub struct Found {
    pub family: i32,
    pub kind: i32,
    pub protocol: i32,
    pub canonical: Vec<u8>,
    pub address: Vec<u8>,
}

/// Looks a host and a service up.
pub fn look_up(
    host: Option<&CString>,
    service: Option<&CString>,
    [family, kind, protocol, flags]: [i32; 4],
) -> Result<Vec<Found>, i32> {
    // SAFETY: hints of zeros ask for anything.
    let mut hints: libc::addrinfo = unsafe { std::mem::zeroed() };
    hints.ai_family = family;
    hints.ai_socktype = kind;
    hints.ai_protocol = protocol;
    hints.ai_flags = flags;
    let pointer = |text: Option<&CString>| text.map_or(std::ptr::null(), |text| text.as_ptr());
    let mut first = std::ptr::null_mut();
    // SAFETY: the strings end with a null or are not there; the list is given back below.
    let result = unsafe { libc::getaddrinfo(pointer(host), pointer(service), &hints, &mut first) };
    if result != 0 {
        return Err(result);
    }
    let mut found = Vec::new();
    let mut at = first;
    while !at.is_null() {
        // SAFETY: an entry of the list, whose pointers are null or good until it is given back.
        unsafe {
            let entry = &*at;
            let canonical = match entry.ai_canonname.is_null() {
                true => Vec::new(),
                false => CStr::from_ptr(entry.ai_canonname).to_bytes().to_vec(),
            };
            let address = entry.ai_addr.cast::<u8>();
            found.push(Found {
                family: entry.ai_family,
                kind: entry.ai_socktype,
                protocol: entry.ai_protocol,
                canonical,
                address: std::slice::from_raw_parts(address, entry.ai_addrlen as usize).to_vec(),
            });
            at = entry.ai_next;
        }
    }
    // SAFETY: the list that the call made, given back once.
    unsafe { libc::freeaddrinfo(first) };
    Ok(found)
}

/// The names of the host and the service of an address.
pub fn names(address: &[u8], flags: i32) -> Result<(Vec<u8>, Vec<u8>), i32> {
    let mut host = [0u8; 1025];
    let mut service = [0u8; 32];
    // SAFETY: pointers and lengths are those of slices.
    let result = unsafe {
        libc::getnameinfo(
            address.as_ptr().cast(),
            length(address),
            host.as_mut_ptr().cast(),
            host.len() as libc::socklen_t,
            service.as_mut_ptr().cast(),
            service.len() as libc::socklen_t,
            flags,
        )
    };
    if result != 0 {
        return Err(result);
    }
    let text = |bytes: &[u8]| {
        let end = bytes.iter().position(|&b| b == 0).unwrap_or(bytes.len());
        bytes[..end].to_vec()
    };
    Ok((text(&host), text(&service)))
}

/// What an error of a look-up means.
pub fn look_up_message(error: i32) -> String {
    // SAFETY: gives a constant text for every number.
    let text = unsafe { CStr::from_ptr(libc::gai_strerror(error)) };
    text.to_string_lossy().into_owned()
}

/// The number of a network interface.
pub fn interface_index(name: &CString) -> SysResult<u32> {
    // SAFETY: the string ends with a null.
    match unsafe { libc::if_nametoindex(name.as_ptr()) } {
        0 => Err(last_error()),
        index => Ok(index),
    }
}

/// The name of a network interface.
pub fn interface_name(index: u32) -> SysResult<Vec<u8>> {
    let mut name = MaybeUninit::<[libc::c_char; libc::IF_NAMESIZE]>::zeroed();
    // SAFETY: there is room for the longest name, which ends with a null.
    unsafe {
        if libc::if_indextoname(index, name.as_mut_ptr().cast()).is_null() {
            return Err(last_error());
        }
        Ok(CStr::from_ptr(name.as_ptr().cast()).to_bytes().to_vec())
    }
}

/// The port of a service of a protocol.
pub fn service_port(name: &CString, protocol: Option<&CString>) -> Option<u16> {
    let protocol = protocol.map_or(std::ptr::null(), |text| text.as_ptr());
    // SAFETY: the strings end with a null or are not there; the answer is read at once.
    let entry = unsafe { libc::getservbyname(name.as_ptr(), protocol).as_ref()? };
    Some(u16::from_be(entry.s_port as u16))
}

/// The service at a port of a protocol.
pub fn service_name(port: u16, protocol: Option<&CString>) -> Option<Vec<u8>> {
    let protocol = protocol.map_or(std::ptr::null(), |text| text.as_ptr());
    // SAFETY: as above, and the name ends with a null.
    unsafe {
        let entry = libc::getservbyport(port.to_be().into(), protocol).as_ref()?;
        Some(CStr::from_ptr(entry.s_name).to_bytes().to_vec())
    }
}

/// The number of a protocol.
pub fn protocol_number(name: &CString) -> Option<i32> {
    // SAFETY: the string ends with a null; the answer is read at once.
    unsafe { Some(libc::getprotobyname(name.as_ptr()).as_ref()?.p_proto) }
}
