//! Chance that comes out the same for a seed on every machine and with every version of everything.

/// SplitMix64: tiny, well mixed from the first draw on, so neighbouring seeds have nothing in common.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// One stream for each use of a seed, so that a new draw in one place moves nothing elsewhere.
    pub fn new(seed: u64, stream: &str) -> Self {
        let mixed =
            stream.bytes().fold(seed ^ 0x6A09_E667_F3BC_C908, |state, byte| Self(state ^ u64::from(byte)).next());
        Self(mixed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// In `0..1`.
    pub fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1u64 << 24) as f32
    }

    pub fn range(&mut self, from: f32, to: f32) -> f32 {
        from + (to - from) * self.unit()
    }

    /// Evenly on a logarithmic scale: as often between 400 and 800 as between 800 and 1,600.
    pub fn log_range(&mut self, from: f32, to: f32) -> f32 {
        self.range(from.ln(), to.ln()).exp()
    }

    /// In `from..to`.
    pub fn int(&mut self, from: u32, to: u32) -> u32 {
        from + (self.next() % u64::from(to.saturating_sub(from).max(1))) as u32
    }

    pub fn chance(&mut self, probability: f32) -> bool {
        self.unit() < probability
    }

    /// Near enough to a normal distribution of deviation 1, and never beyond 3.
    pub fn normal(&mut self) -> f32 {
        let sum: f32 = (0..4).map(|_| self.unit()).sum();
        (sum - 2.0) * 3f32.sqrt()
    }

    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[(self.next() % from.len() as u64) as usize]
    }

    pub fn character(&mut self, from: &str) -> char {
        let count = from.chars().count() as u32;
        from.chars().nth(self.int(0, count) as usize).unwrap_or('一')
    }
}
