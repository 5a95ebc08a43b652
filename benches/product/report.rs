//! Percentiles, ratios over alternating rounds, and memory of a process.

use std::time::{Duration, Instant};

/// Times of single calls, in order.
pub struct Times(Vec<Duration>);

impl Times {
    /// Runs `call` once for each input and keeps the time of each.
    pub fn of<T>(inputs: impl Iterator<Item = T>, mut call: impl FnMut(T)) -> Self {
        let mut times: Vec<Duration> = inputs
            .map(|input| {
                let started = Instant::now();
                call(input);
                started.elapsed()
            })
            .collect();
        times.sort_unstable();
        Self(times)
    }

    /// Times that were taken elsewhere.
    pub fn new(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        Self(times)
    }

    /// The time below which this share of the calls stayed, in microseconds.
    pub fn percentile(&self, share: f64) -> f64 {
        let place = ((self.0.len() as f64 - 1.0) * share).round() as usize;
        self.0.get(place).map_or(0.0, Duration::as_secs_f64) * 1e6
    }
}

/// The middle value.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

/// A line of `/proc/PID/status` in MiB: `VmRSS` is memory now, `VmHWM` its peak.
pub fn memory_mib(pid: u32, line: &str) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let kib =
        status.lines().find(|l| l.starts_with(line)).and_then(|l| l.split_whitespace().nth(1)?.parse::<f64>().ok());
    kib.unwrap_or_default() / 1024.0
}
