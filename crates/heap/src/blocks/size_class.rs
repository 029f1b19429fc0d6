//! The sizes of blocks: steps of 8 bytes up to 128, where most objects are, then of 16 up to 512.

/// Up to this size the steps are those of a word.
const FINE_MAX: usize = 128;
const FINE_CLASSES: usize = FINE_MAX / 8;

/// Number of size classes.
pub const CLASS_COUNT: usize = class_of(SMALL_MAX) + 1;
/// The largest request served from a pool.
pub const SMALL_MAX: usize = 512;

/// The size class of a request of at most [`SMALL_MAX`] bytes.
#[inline(always)]
pub const fn class_of(size: usize) -> usize {
    let last = size.saturating_sub(1);
    if size <= FINE_MAX {
        last / 8
    } else {
        FINE_CLASSES / 2 + last / 16
    }
}

/// Bytes of a block of a class.
#[inline(always)]
pub const fn class_size(class: usize) -> usize {
    if class < FINE_CLASSES {
        (class + 1) * 8
    } else {
        (class + 1 - FINE_CLASSES / 2) * 16
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_small_size_has_the_tightest_class() {
        for size in 0..=SMALL_MAX {
            let class = class_of(size);
            assert!(class < CLASS_COUNT && class_size(class) >= size);
            assert!(class == 0 || class_size(class - 1) < size);
        }
        assert_eq!(class_size(CLASS_COUNT - 1), SMALL_MAX);
    }
}
