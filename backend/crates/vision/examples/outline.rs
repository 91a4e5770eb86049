//! `outline FOLDER [seed…]`: how near the outlines found in synthetic cards are to where the cards are.
use std::path::Path;
use vision::{Picture, card::outline_of};
fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let folder = Path::new(&arguments[0]);
    let truth: serde_json::Value = serde_json::from_slice(&std::fs::read(folder.join("truth.json")).unwrap()).unwrap();
    let (mut first, mut any, mut all, mut time) = (0, 0, 0, 0.0);
    for card in truth.as_array().unwrap() {
        if arguments.len() > 1 && !arguments[1..].contains(&card["seed"].to_string()) {
            continue;
        }
        for side in ["front", "back"] {
            let at = &card["pictures"][side];
            let picture = Picture::read(&std::fs::read(folder.join(at["file"].as_str().unwrap())).unwrap()).unwrap();
            let start = std::time::Instant::now();
            let found = outline_of(&picture);
            time += start.elapsed().as_secs_f64();
            let wanted: Vec<(f32, f32)> = at["corners"][0]
                .as_array()
                .unwrap()
                .iter()
                .map(|p| (p[0].as_f64().unwrap() as f32, p[1].as_f64().unwrap() as f32))
                .collect();
            let width = (wanted[0].0 - wanted[1].0).hypot(wanted[0].1 - wanted[1].1);
            let off = |quad: &vision::Quad| {
                wanted
                    .iter()
                    .map(|w| quad.0.iter().map(|c| (c.x - w.0).hypot(c.y - w.1)).fold(f32::MAX, f32::min))
                    .fold(0.0, f32::max)
                    / width
                    * 1000.0
            };
            let offs: Vec<i32> = found.iter().map(|q| off(q) as i32).collect();
            all += 1;
            first += (offs.first().is_some_and(|o| *o < 25)) as i32;
            any += offs.iter().any(|o| *o < 25) as i32;
            if !offs.first().is_some_and(|o| *o < 15) {
                println!("{} {side} {} {:?}", card["seed"], card["hardness"], offs);
            }
        }
    }
    println!("first {first} any {any} of {all}, {:.1} ms each", 1000.0 * time / all as f64);
}
