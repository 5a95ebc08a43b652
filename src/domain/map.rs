//! A schematic map drawn from nothing but where the main towns lie: each municipality is what lies nearer to
//! its town than to any other, cut off at a radius. No border on it is a border in the world.

use super::place::MUNICIPALITIES;

/// Width and height of the drawing.
pub const SIZE: f64 = 320.0;

/// Corners of the shape that cuts cells off where no neighbour does.
const CORNERS: usize = 20;

/// One municipality on the map.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// Its code.
    pub code: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Corners, clockwise.
    pub corners: Vec<(f64, f64)>,
    /// Where its name stands.
    pub label: (f64, f64),
}

/// The municipalities we know by position.
pub fn cells() -> Vec<Cell> {
    let towns = towns();
    let radius = radius();
    let cell = |at: usize| {
        let town = towns[at];
        let mut corners = circle(town, radius);
        for (other, neighbour) in towns.iter().enumerate() {
            if other != at {
                corners = nearer(&corners, town, *neighbour);
            }
        }
        let municipality = MUNICIPALITIES[at];
        Cell { code: municipality.code, name: municipality.name, label: middle(&corners), corners }
    };
    (0..towns.len()).map(cell).collect()
}

/// How far a cell reaches where no neighbour cuts it off.
fn radius() -> f64 {
    SIZE / (MUNICIPALITIES.len() as f64).sqrt() * 0.6
}

/// Towns in the drawing's measure: a degree of longitude is shorter than one of latitude.
fn towns() -> Vec<(f64, f64)> {
    let bounds = |value: fn(&super::place::Municipality) -> f64| {
        let values = MUNICIPALITIES.iter().map(value);
        values.fold((f64::MAX, f64::MIN), |(least, most), value| (least.min(value), most.max(value)))
    };
    let (west, east) = bounds(|m| m.longitude);
    let (south, north) = bounds(|m| m.latitude);
    let shrink = f64::midpoint(south, north).to_radians().cos();
    let margin = radius() + 1.0;
    let scale = (SIZE - 2.0 * margin) / ((east - west) * shrink).max(north - south).max(f64::EPSILON);
    let inset_x = (SIZE - (east - west) * shrink * scale) / 2.0;
    let inset_y = (SIZE - (north - south) * scale) / 2.0;
    let place = |m: &super::place::Municipality| {
        (inset_x + (m.longitude - west) * shrink * scale, inset_y + (north - m.latitude) * scale)
    };
    MUNICIPALITIES.iter().map(place).collect()
}

fn circle((x, y): (f64, f64), radius: f64) -> Vec<(f64, f64)> {
    let angle = |corner: usize| std::f64::consts::TAU * corner as f64 / CORNERS as f64;
    (0..CORNERS).map(|corner| (x + radius * angle(corner).cos(), y + radius * angle(corner).sin())).collect()
}

/// What of a shape lies nearer to `own` than to `other` (Sutherland and Hodgman, one edge).
fn nearer(shape: &[(f64, f64)], own: (f64, f64), other: (f64, f64)) -> Vec<(f64, f64)> {
    // A hair's breadth apart, so that neighbours do not touch.
    let gap = 1.2;
    let (dx, dy) = (other.0 - own.0, other.1 - own.1);
    let length = dx.hypot(dy).max(f64::EPSILON);
    let beyond = |(x, y): (f64, f64)| ((x - own.0) * dx + (y - own.1) * dy) / length - (length / 2.0 - gap);
    let mut kept = Vec::with_capacity(shape.len() + 1);
    for (at, corner) in shape.iter().enumerate() {
        let next = shape[(at + 1) % shape.len()];
        let (here, there) = (beyond(*corner), beyond(next));
        if here <= 0.0 {
            kept.push(*corner);
        }
        if (here <= 0.0) != (there <= 0.0) {
            let share = here / (here - there);
            kept.push((corner.0 + (next.0 - corner.0) * share, corner.1 + (next.1 - corner.1) * share));
        }
    }
    kept
}

/// Centre of gravity of the area.
fn middle(shape: &[(f64, f64)]) -> (f64, f64) {
    let mut sum = (0.0, 0.0, 0.0);
    for (at, (x, y)) in shape.iter().enumerate() {
        let (next_x, next_y) = shape[(at + 1) % shape.len()];
        let cross = x * next_y - next_x * y;
        sum = (sum.0 + (x + next_x) * cross, sum.1 + (y + next_y) * cross, sum.2 + cross);
    }
    if sum.2.abs() < f64::EPSILON { (0.0, 0.0) } else { (sum.0 / (3.0 * sum.2), sum.1 / (3.0 * sum.2)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_municipality_has_a_cell_on_the_drawing_around_its_own_town() {
        let cells = cells();
        assert_eq!(cells.len(), MUNICIPALITIES.len());
        for (cell, town) in cells.iter().zip(towns()) {
            assert!(cell.corners.len() >= 3, "{}", cell.name);
            for (x, y) in &cell.corners {
                assert!((0.0..=SIZE).contains(x) && (0.0..=SIZE).contains(y), "{} {x} {y}", cell.name);
                let own = (x - town.0).hypot(y - town.1);
                let other = |other: &(f64, f64)| (x - other.0).hypot(y - other.1);
                assert!(towns().iter().all(|at| *at == town || own <= other(at) + 0.01), "{}", cell.name);
            }
        }
    }

    #[test]
    fn north_is_up_and_east_is_right() {
        let at = |name: &str| cells().into_iter().find(|cell| cell.name == name).unwrap().label;
        assert!(at("Tranås").1 < at("Värnamo").1 && at("Gislaved").0 < at("Vetlanda").0);
    }
}
