//! Which class a title belongs to: multinomial logistic regression on hashed features, trained in
//! a fixed order from a fixed seed.

use std::collections::HashMap;

use super::features::{BUCKETS, Hashed};

/// How a classifier learns.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lessons {
    /// Passes over the titles.
    pub(super) passes: usize,
    /// Length of the first steps; they shrink to nothing.
    pub(super) rate: f32,
}

/// A title's buckets with their weights: terms of length one, pieces of length one.
pub(super) type Vector = Vec<(u32, f32)>;

/// How seldom each bucket is met.
#[derive(Debug, Default)]
pub(super) struct Rarity(Vec<f32>);

impl Rarity {
    /// Logarithms over all titles; 0 for a bucket that is never met.
    pub(super) fn of(titles: &[Hashed]) -> Self {
        let mut met = vec![0.0_f32; BUCKETS];
        for title in titles {
            for bucket in title.terms.keys().chain(title.pieces.keys()) {
                met[*bucket as usize] += 1.0;
            }
        }
        let all = titles.len() as f32;
        Self(met.into_iter().map(|met| if met > 0.0 { 1.0 + (all / met).ln() } else { 0.0 }).collect())
    }

    /// Terms and pieces each weighed by rarity and made one long, so that neither drowns the other.
    pub(super) fn vector(&self, title: &Hashed) -> Vector {
        let mut vector = Vector::new();
        for counted in [&title.terms, &title.pieces] {
            let from = vector.len();
            vector.extend(counted.iter().filter_map(|(bucket, count)| {
                let value = (1.0 + count.ln()) * self.0[*bucket as usize];
                (value > 0.0).then_some((*bucket, value))
            }));
            let length = vector[from..].iter().map(|(_, value)| value * value).sum::<f32>().sqrt();
            vector[from..].iter_mut().for_each(|(_, value)| *value /= length);
        }
        vector
    }
}

/// A linear model: one row of weights a bucket that was met, one column a class.
#[derive(Debug)]
pub(super) struct Classifier {
    classes: usize,
    rows: HashMap<u32, u32>,
    weights: Vec<f32>,
}

impl Classifier {
    /// Learns the class of each title.
    pub(super) fn train(titles: &[(&Vector, usize)], classes: usize, lessons: Lessons) -> Self {
        let mut model = Self { classes, rows: HashMap::new(), weights: Vec::new() };
        for (bucket, _) in titles.iter().flat_map(|(vector, _)| vector.iter()) {
            let next = u32::try_from(model.rows.len()).unwrap_or(u32::MAX);
            model.rows.entry(*bucket).or_insert(next);
        }
        model.weights = vec![0.0; model.rows.len() * classes];
        let known: Vec<Vector> = titles.iter().map(|(vector, _)| model.known(vector)).collect();
        let mut order: Vec<usize> = (0..titles.len()).collect();
        let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
        let steps = (lessons.passes * order.len()).max(1) as f32;
        let mut step = 0.0;
        for _ in 0..lessons.passes {
            shuffle(&mut order, &mut seed);
            for at in &order {
                model.learn(&known[*at], titles[*at].1, lessons.rate * (1.0 - step / steps));
                step += 1.0;
            }
        }
        model
    }

    /// The chance of each class; by their numbers alone when nothing of the title was ever met.
    pub(super) fn classify(&self, vector: &Vector) -> Vec<f32> {
        self.chances(&self.known(vector))
    }

    fn learn(&mut self, rows: &Vector, class: usize, rate: f32) {
        let mut slopes = self.chances(rows);
        slopes[class] -= 1.0;
        for (row, value) in rows {
            let weights = &mut self.weights[*row as usize * self.classes..][..self.classes];
            let pace = rate * value;
            for (weight, slope) in weights.iter_mut().zip(&slopes) {
                *weight -= pace * slope;
            }
        }
    }

    /// Rows in the place of buckets.
    fn known(&self, vector: &Vector) -> Vector {
        vector.iter().filter_map(|(bucket, value)| Some((*self.rows.get(bucket)?, *value))).collect()
    }

    fn chances(&self, rows: &Vector) -> Vec<f32> {
        let mut sums = vec![0.0_f32; self.classes];
        for (row, value) in rows {
            let weights = &self.weights[*row as usize * self.classes..][..self.classes];
            for (sum, weight) in sums.iter_mut().zip(weights) {
                *sum += value * weight;
            }
        }
        let highest = sums.iter().copied().fold(f32::MIN, f32::max);
        sums.iter_mut().for_each(|sum| *sum = (*sum - highest).exp());
        let total: f32 = sums.iter().sum();
        sums.iter_mut().for_each(|sum| *sum /= total);
        sums
    }
}

/// Fisher and Yates with a xorshift generator: the same order every time.
fn shuffle(order: &mut [usize], seed: &mut u64) {
    for last in (1..order.len()).rev() {
        *seed ^= *seed << 13;
        *seed ^= *seed >> 7;
        *seed ^= *seed << 17;
        order.swap(last, (*seed % (last as u64 + 1)) as usize);
    }
}
