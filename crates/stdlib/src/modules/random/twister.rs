//! The Mersenne twister MT19937, with its whole state in the open, as `getstate` needs it.

use std::cell::Cell;

/// Number of words of the state.
pub(super) const WORDS: usize = 624;
const MIDDLE: usize = 397;
const UPPER: u32 = 0x8000_0000;
const LOWER: u32 = 0x7FFF_FFFF;

/// A generator.
pub(super) struct Twister {
    words: [Cell<u32>; WORDS],
    /// The next word to hand out; `WORDS` if all are used up.
    next: Cell<usize>,
}

impl Twister {
    /// A generator that is not seeded yet.
    pub(super) fn new() -> Twister {
        Twister {
            words: [const { Cell::new(0) }; WORDS],
            next: Cell::new(WORDS),
        }
    }

    fn seed_word(&self, seed: u32) {
        let mut last = seed;
        self.words[0].set(seed);
        for (i, word) in self.words.iter().enumerate().skip(1) {
            last = 1_812_433_253u32
                .wrapping_mul(last ^ last >> 30)
                .wrapping_add(i as u32);
            word.set(last);
        }
        self.next.set(WORDS);
    }

    /// Seeds by a key of at least one word.
    pub(super) fn seed(&self, key: &[u32]) {
        self.seed_word(19_650_218);
        let word = |i: usize| self.words[i].get();
        let (mut i, mut j) = (1, 0);
        let advance = |i: &mut usize| {
            *i += 1;
            if *i >= WORDS {
                self.words[0].set(word(WORDS - 1));
                *i = 1;
            }
        };
        for _ in 0..WORDS.max(key.len()) {
            let last = word(i - 1);
            let mixed = (word(i) ^ (last ^ last >> 30).wrapping_mul(1_664_525))
                .wrapping_add(key[j])
                .wrapping_add(j as u32);
            self.words[i].set(mixed);
            advance(&mut i);
            j = (j + 1) % key.len();
        }
        for _ in 0..WORDS - 1 {
            let last = word(i - 1);
            let mixed =
                (word(i) ^ (last ^ last >> 30).wrapping_mul(1_566_083_941)).wrapping_sub(i as u32);
            self.words[i].set(mixed);
            advance(&mut i);
        }
        self.words[0].set(UPPER);
    }

    fn refill(&self) {
        let word = |i: usize| self.words[i % WORDS].get();
        for i in 0..WORDS {
            let y = word(i) & UPPER | word(i + 1) & LOWER;
            let twist = if y & 1 == 1 { 0x9908_B0DF } else { 0 };
            self.words[i].set(word(i + MIDDLE) ^ y >> 1 ^ twist);
        }
        self.next.set(0);
    }

    /// The next 32 random bits.
    pub(super) fn next_u32(&self) -> u32 {
        if self.next.get() >= WORDS {
            self.refill();
        }
        let mut y = self.words[self.next.get()].get();
        self.next.set(self.next.get() + 1);
        y ^= y >> 11;
        y ^= y << 7 & 0x9D2C_5680;
        y ^= y << 15 & 0xEFC6_0000;
        y ^ y >> 18
    }

    /// The next float from 0 (included) to 1 (not included), with 53 bits.
    pub(super) fn next_f64(&self) -> f64 {
        let high = f64::from(self.next_u32() >> 5);
        let low = f64::from(self.next_u32() >> 6);
        (high * 67_108_864.0 + low) * (1.0 / 9_007_199_254_740_992.0)
    }

    /// The words, then the place of the next one.
    pub(super) fn state(&self) -> impl Iterator<Item = u32> {
        let next = self.next.get() as u32;
        self.words.iter().map(Cell::get).chain([next])
    }

    /// Restores a state; `next` is at most `WORDS`.
    pub(super) fn restore(&self, words: &[u32; WORDS], next: usize) {
        for (place, &word) in self.words.iter().zip(words) {
            place.set(word);
        }
        self.next.set(next.min(WORDS));
    }
}
