//! Which group of the tree a title belongs to: multinomial logistic regression on hashed features,
//! trained in a fixed order with a fixed seed.

use super::features::{BUCKETS, Hashed};

/// Passes over the titles.
const EPOCHS: usize = 6;

/// Length of the first steps; they shrink to nothing.
const RATE: f32 = 2.0;

/// A linear model: one row of weights a bucket, one column a class.
#[derive(Debug, Default)]
pub(super) struct Classifier {
    classes: usize,
    rarity: Vec<f32>,
    weights: Vec<f32>,
}

/// A title's buckets with their weights, of length one.
type Vector = Vec<(u32, f32)>;

impl Classifier {
    /// Learns the class of each title.
    pub(super) fn train(titles: &[Hashed], labels: &[usize], classes: usize) -> Self {
        let mut model = Self { classes, rarity: rarity(titles), weights: vec![0.0; BUCKETS * classes] };
        let vectors: Vec<Vector> = titles.iter().map(|title| model.vector(title)).collect();
        let mut order: Vec<usize> = (0..titles.len()).collect();
        let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
        let steps = (EPOCHS * order.len()).max(1) as f32;
        let mut step = 0.0;
        for _ in 0..EPOCHS {
            shuffle(&mut order, &mut seed);
            for at in &order {
                let rate = RATE * (1.0 - step / steps);
                let mut slopes = model.chances(&vectors[*at]);
                slopes[labels[*at]] -= 1.0;
                for (bucket, value) in &vectors[*at] {
                    let row = &mut model.weights[*bucket as usize * classes..][..classes];
                    let pace = rate * value;
                    for (weight, slope) in row.iter_mut().zip(&slopes) {
                        *weight -= pace * slope;
                    }
                }
                step += 1.0;
            }
        }
        model
    }

    /// The chance of each class; `None` when nothing of the title was ever seen.
    pub(super) fn classify(&self, title: &Hashed) -> Option<Vec<f32>> {
        let vector = self.vector(title);
        (!vector.is_empty()).then(|| self.chances(&vector))
    }

    fn chances(&self, vector: &Vector) -> Vec<f32> {
        let mut sums = vec![0.0_f32; self.classes];
        for (bucket, value) in vector {
            let row = &self.weights[*bucket as usize * self.classes..][..self.classes];
            for (sum, weight) in sums.iter_mut().zip(row) {
                *sum += value * weight;
            }
        }
        let highest = sums.iter().copied().fold(f32::MIN, f32::max);
        let mut total = 0.0;
        for sum in &mut sums {
            *sum = (*sum - highest).exp();
            total += *sum;
        }
        sums.iter_mut().for_each(|sum| *sum /= total);
        sums
    }

    /// Terms and pieces each weighed by rarity and made one long, so that neither drowns the other.
    fn vector(&self, title: &Hashed) -> Vector {
        let mut vector = Vector::new();
        for counted in [&title.terms, &title.pieces] {
            let from = vector.len();
            vector.extend(counted.iter().filter_map(|(bucket, count)| {
                let value = (1.0 + count.ln()) * self.rarity[*bucket as usize];
                (value > 0.0).then_some((*bucket, value))
            }));
            let length = vector[from..].iter().map(|(_, value)| value * value).sum::<f32>().sqrt();
            vector[from..].iter_mut().for_each(|(_, value)| *value /= length);
        }
        vector
    }
}

/// Logarithm of how seldom each bucket is met; 0 for one that never is.
fn rarity(titles: &[Hashed]) -> Vec<f32> {
    let mut met = vec![0.0_f32; BUCKETS];
    for title in titles {
        for bucket in title.terms.keys().chain(title.pieces.keys()) {
            met[*bucket as usize] += 1.0;
        }
    }
    let all = titles.len() as f32;
    met.into_iter().map(|met| if met > 0.0 { 1.0 + (all / met).ln() } else { 0.0 }).collect()
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
