//! SipHash-1-3, by which strings and bytes are hashed.

/// The key that a seed stands for: 0 and 1 for the fixed one, those up to 2**32 for what CPython makes of
/// `PYTHONHASHSEED` one less, all others for themselves.
pub(super) fn key(seed: u64) -> [u64; 2] {
    match u32::try_from(seed.wrapping_sub(1)) {
        Ok(0) => [0, 0],
        Ok(number) => from_number(number),
        Err(_) if seed == 0 => [0, 0],
        Err(_) => [seed, seed.rotate_left(32) ^ 0x9E37_79B9_7F4A_7C15],
    }
}

/// Sixteen bytes of a simple generator of random numbers.
fn from_number(number: u32) -> [u64; 2] {
    let mut state = number;
    [(); 2].map(|()| {
        u64::from_le_bytes([(); 8].map(|()| {
            state = state.wrapping_mul(214_013).wrapping_add(2_531_011);
            (state >> 16) as u8
        }))
    })
}

#[inline(always)]
fn round([mut a, mut b, mut c, mut d]: [u64; 4]) -> [u64; 4] {
    a = a.wrapping_add(b);
    b = b.rotate_left(13) ^ a;
    a = a.rotate_left(32);
    c = c.wrapping_add(d);
    d = d.rotate_left(16) ^ c;
    a = a.wrapping_add(d);
    d = d.rotate_left(21) ^ a;
    c = c.wrapping_add(b);
    b = b.rotate_left(17) ^ c;
    c = c.rotate_left(32);
    [a, b, c, d]
}

/// The hash of some bytes.  Its state shall not lie in the frames of those who look things up.
#[inline(never)]
pub(super) fn hash([first, second]: [u64; 2], bytes: &[u8]) -> u64 {
    let mut state = [
        first ^ 0x736f_6d65_7073_6575,
        second ^ 0x646f_7261_6e64_6f6d,
        first ^ 0x6c79_6765_6e65_7261,
        second ^ 0x7465_6462_7974_6573,
    ];
    let (words, _) = bytes.as_chunks::<8>();
    for word in words {
        let word = u64::from_le_bytes(*word);
        state[3] ^= word;
        state = round(state);
        state[0] ^= word;
    }
    let last = (bytes.len() as u64) << 56 | tail_word(bytes);
    state[3] ^= last;
    state = round(state);
    state[0] ^= last;
    state[2] ^= 0xff;
    let [a, b, c, d] = round(round(round(state)));
    a ^ b ^ c ^ d
}

/// The bytes behind the last whole word, as one.  They are read by as few loads as there can be, not copied
/// one by one into a word, whose load would wait for the copies.
#[inline(always)]
fn tail_word(bytes: &[u8]) -> u64 {
    let rest = bytes.len() % 8;
    if rest == 0 {
        return 0;
    }
    if let Some(last) = bytes.last_chunk::<8>() {
        return u64::from_le_bytes(*last) >> (8 * (8 - rest));
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        let high = u64::from(u32::from_le_bytes(*last));
        return u64::from(u32::from_le_bytes(*first)) | high << (8 * (rest - 4));
    }
    // One to three bytes: the first, the middle one and the last cover them all.
    let byte = |at: usize| u64::from(bytes[at]) << (8 * at);
    byte(0) | byte(rest / 2) | byte(rest - 1)
}

#[cfg(test)]
mod tests {
    use super::{hash, key, tail_word};

    #[test]
    fn the_tail_is_the_rest_in_one_word() {
        let bytes: Vec<u8> = (1..=40).map(|n| n * 5).collect();
        for len in 0..=40 {
            let mut word = [0; 8];
            let rest = &bytes[len / 8 * 8..len];
            word[..rest.len()].copy_from_slice(rest);
            assert_eq!(tail_word(&bytes[..len]), u64::from_le_bytes(word), "{len}");
        }
    }

    #[test]
    fn equal_seeds_give_the_hashes_of_cpython() {
        assert_eq!(hash(key(1), b"abc") as i64, -4594863902769663758);
        assert_eq!(hash(key(43), b"abc") as i64, 3869580338025362921);
        let long = b"hello world 12345";
        assert_eq!(hash(key(1), long) as i64, 8210346966318673968);
    }
}
