//! A hash that is being computed, of whatever algorithm.

use std::cell::RefCell;

use digest::{Digest, DynDigest, ExtendableOutput, Update, XofReader};
use runtime::object::{Kind, Payload};

/// Payload of all hash objects.
pub(super) struct Hash {
    pub hasher: RefCell<Hasher>,
}

impl Hash {
    pub fn new(hasher: Hasher) -> Hash {
        Hash {
            hasher: RefCell::new(hasher),
        }
    }
}

impl Payload for Hash {
    const KIND: Kind = crate::kinds::HASH;
    const NAME: &'static str = "hash";
    const COLLECTED: bool = false;
}

/// Hashes of any length.
pub(super) trait Extendable {
    fn update(&mut self, data: &[u8]);
    fn output(&self, length: usize) -> Vec<u8>;
    fn duplicate(&self) -> Box<dyn Extendable>;
}

impl<T: Update + ExtendableOutput + Clone + 'static> Extendable for T {
    fn update(&mut self, data: &[u8]) {
        Update::update(self, data);
    }

    fn output(&self, length: usize) -> Vec<u8> {
        let mut bytes = vec![0; length];
        self.clone().finalize_xof().read(&mut bytes);
        bytes
    }

    fn duplicate(&self) -> Box<dyn Extendable> {
        Box::new(self.clone())
    }
}

enum State {
    Fixed {
        state: Box<dyn DynDigest>,
        block_size: usize,
    },
    Extendable {
        state: Box<dyn Extendable>,
        block_size: usize,
    },
    Blake2b(Box<blake2b_simd::State>, usize),
    Blake2s(Box<blake2s_simd::State>, usize),
}

/// A running hash and its name.
pub(super) struct Hasher {
    name: &'static str,
    state: State,
}

impl Clone for Hasher {
    fn clone(&self) -> Hasher {
        let state = match &self.state {
            State::Fixed { state, block_size } => State::Fixed {
                state: state.box_clone(),
                block_size: *block_size,
            },
            State::Extendable { state, block_size } => State::Extendable {
                state: state.duplicate(),
                block_size: *block_size,
            },
            State::Blake2b(state, size) => State::Blake2b(state.clone(), *size),
            State::Blake2s(state, size) => State::Blake2s(state.clone(), *size),
        };
        Hasher {
            name: self.name,
            state,
        }
    }
}

impl Hasher {
    /// A hash of fixed length.
    pub fn new<D>(name: &'static str) -> Hasher
    where
        D: Digest + DynDigest + digest::common::BlockSizeUser + 'static,
    {
        Hasher {
            name,
            state: State::Fixed {
                state: Box::new(<D as Digest>::new()),
                block_size: <D as digest::common::BlockSizeUser>::block_size(),
            },
        }
    }

    /// A hash of any length.
    pub fn shake<D: Extendable + Default + 'static>(
        name: &'static str,
        block_size: usize,
    ) -> Hasher {
        Hasher {
            name,
            state: State::Extendable {
                state: Box::new(D::default()),
                block_size,
            },
        }
    }

    pub fn blake2b(state: blake2b_simd::State, size: usize) -> Hasher {
        Hasher {
            name: "blake2b",
            state: State::Blake2b(Box::new(state), size),
        }
    }

    pub fn blake2s(state: blake2s_simd::State, size: usize) -> Hasher {
        Hasher {
            name: "blake2s",
            state: State::Blake2s(Box::new(state), size),
        }
    }

    pub fn update(&mut self, data: &[u8]) {
        match &mut self.state {
            State::Fixed { state, .. } => state.update(data),
            State::Extendable { state, .. } => state.update(data),
            State::Blake2b(state, _) => {
                state.update(data);
            }
            State::Blake2s(state, _) => {
                state.update(data);
            }
        }
    }

    /// The digest so far; `length` is for hashes of any length.
    pub fn digest(&self, length: Option<usize>) -> Vec<u8> {
        match &self.state {
            State::Fixed { state, .. } => state.box_clone().finalize().into_vec(),
            State::Extendable { state, .. } => state.output(length.unwrap_or(0)),
            State::Blake2b(state, _) => state.finalize().as_bytes().to_vec(),
            State::Blake2s(state, _) => state.finalize().as_bytes().to_vec(),
        }
    }

    pub fn block_size(&self) -> usize {
        match &self.state {
            State::Fixed { block_size, .. } | State::Extendable { block_size, .. } => *block_size,
            State::Blake2b(..) => blake2b_simd::BLOCKBYTES,
            State::Blake2s(..) => blake2s_simd::BLOCKBYTES,
        }
    }

    pub fn digest_size(&self) -> usize {
        match &self.state {
            State::Fixed { state, .. } => state.output_size(),
            State::Extendable { .. } => 0,
            State::Blake2b(_, size) | State::Blake2s(_, size) => *size,
        }
    }

    pub fn name(&self) -> &'static str {
        self.name
    }
}
