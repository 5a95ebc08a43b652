//! From how likely each code is to the order in which codes are listed.

use super::{neighbours::best, tree::CodeTree};

/// Places at the top that are for the likely codes themselves; below them, what covers most.
const LEADING: usize = 5;

/// What a code is worth when the one directly above or below is right, and when one of its group
/// is; itself it is worth [`EXACT`].
#[derive(Debug, Clone, Copy)]
struct Worth {
    next: f32,
    same: f32,
}

const EXACT: f32 = 3.0;
const AT_THE_TOP: Worth = Worth { next: 0.2, same: 0.1 };
const BELOW: Worth = Worth { next: 2.0, same: 1.0 };

/// How much a likely division lifts all its codes.
const DIVISION: f32 = 0.5;

/// The `limit` codes to list by place, with what each is worth; never a code worth nothing.
pub(super) fn ranked(tree: &CodeTree, chances: &[f32], limit: usize) -> Vec<(usize, f32)> {
    let mut listed = best(&worth(tree, chances, AT_THE_TOP), LEADING);
    let all = worth(tree, chances, BELOW);
    let rest = best(&all, limit.saturating_add(LEADING));
    let leading: Vec<usize> = listed.iter().map(|(place, _)| *place).collect();
    listed.extend(rest.into_iter().filter(|(place, _)| !leading.contains(place)));
    listed.truncate(limit);
    // One measure for all, that never rises down the list.
    let mut lowest = f32::MAX;
    for (place, score) in &mut listed {
        lowest = lowest.min(all[*place]);
        *score = lowest;
    }
    listed
}

fn worth(tree: &CodeTree, chances: &[f32], by: Worth) -> Vec<f32> {
    let mut groups = vec![0.0_f32; tree.group_count()];
    let mut divisions = [0.0_f32; 100];
    for (place, chance) in chances.iter().enumerate() {
        groups[tree.group(place)] += chance;
        divisions[tree.division(place)] += chance;
    }
    let own = |(place, chance): (usize, &f32)| (EXACT - by.same) * chance + by.same * groups[tree.group(place)];
    let mut worth: Vec<f32> = chances.iter().enumerate().map(own).collect();
    for (place, chance) in chances.iter().enumerate() {
        let Some(parent) = tree.parent(place) else { continue };
        // A parent in the same group has been given the worth of that already.
        let more = if tree.group(parent) == tree.group(place) { by.next - by.same } else { by.next };
        worth[parent] += more * chance;
        worth[place] += more * chances[parent];
    }
    for (place, worth) in worth.iter_mut().enumerate() {
        *worth *= divisions[tree.division(place)].powf(DIVISION);
    }
    worth
}
