//! The sizes of blocks: 8 bytes, then steps of 16 up to 512.

/// Number of size classes.
pub const CLASS_COUNT: usize = 33;
/// The largest request served from a pool.
pub const SMALL_MAX: usize = 512;

/// The size class of a request of at most [`SMALL_MAX`] bytes.
#[inline(always)]
pub const fn class_of(size: usize) -> usize {
    if size <= 8 { 0 } else { size.div_ceil(16) }
}

/// Bytes of a block of a class.
#[inline(always)]
pub const fn class_size(class: usize) -> usize {
    if class == 0 { 8 } else { class * 16 }
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
