//! Random bytes from the operating system, or the same ones in every run where that is asked for.

use std::fs::File;
use std::io::Read;
use std::time::{SystemTime, UNIX_EPOCH};

use super::state::Vm;

/// The next number of a SplitMix64 sequence.
fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ z >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ z >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ z >> 31
}

impl Vm {
    /// Fills `bytes` at random.  With a fixed seed (deterministic mode) the bytes are those of
    /// a reproducible sequence.
    pub fn random_bytes(&self, bytes: &mut [u8]) {
        let seed = &self.interp.determinism.entropy;
        let mut state = match seed.get() {
            Some(state) => state,
            None => {
                if File::open("/dev/urandom").is_ok_and(|mut f| f.read_exact(bytes).is_ok()) {
                    return;
                }
                let now = SystemTime::now().duration_since(UNIX_EPOCH);
                now.map_or(0, |d| d.as_nanos() as u64) ^ u64::from(std::process::id()) << 32
            }
        };
        for chunk in bytes.chunks_mut(8) {
            chunk.copy_from_slice(&split_mix(&mut state).to_le_bytes()[..chunk.len()]);
        }
        if seed.get().is_some() {
            seed.set(Some(state));
        }
    }
}
