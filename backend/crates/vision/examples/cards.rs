//! `cards FOLDER [-v] [seed]`: reads the synthetic cards of a folder and says how many fields are right.
//!
//! Works on what the generator of synthetic cards writes: pictures and `truth.json`.

use std::{path::Path, time::Instant};

use serde_json::Value;
use vision::{Card, ModelFiles, Picture, card::CardReader};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let folder = Path::new(&arguments[0]);
    let verbose = arguments.iter().any(|argument| argument == "-v");
    let only: Option<u64> = arguments.get(1).and_then(|seed| seed.parse().ok());
    let models = std::env::var("MINGCE_MODELS").unwrap();
    let load = Instant::now();
    let reader = reader(Path::new(&models));
    println!("loaded in {:?}", load.elapsed());
    let truth: Value = serde_json::from_slice(&std::fs::read(folder.join("truth.json")).unwrap()).unwrap();
    let mut tally = Tally::default();
    for card in truth.as_array().unwrap() {
        if only.is_some_and(|seed| card["seed"] != seed) {
            continue;
        }
        let before = cpu();
        let read: Vec<Card> = ["front", "back"]
            .iter()
            .map(|side| {
                let file = folder.join(card["pictures"][side]["file"].as_str().unwrap());
                let bytes = std::fs::read(file).unwrap();
                reader.read(&Picture::read(&bytes).unwrap()).unwrap()
            })
            .collect();
        tally.times.push(cpu() - before);
        tally.add(card, &read, verbose);
    }
    tally.report();
}

fn reader(dir: &Path) -> CardReader {
    CardReader::load(&files(dir)).unwrap()
}

fn files(dir: &Path) -> ModelFiles {
    use vision::{ModelId, models::ModelFile};
    let file = |name: &str| ModelFile { path: dir.join(name), model: ModelId { id: name.into(), version: "1".into() } };
    ModelFiles {
        text_detector: file("det.onnx"),
        text_recognizer: file("rec.onnx"),
        text_turner: file("cls.onnx"),
        face_detector: file("x"),
        face_mesh: file("x"),
        face_embedder: file("x"),
    }
}

/// Seconds of CPU this process used.
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let parts: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
    (parts[11].parse::<f64>().unwrap() + parts[12].parse::<f64>().unwrap()) / 100.0
}

#[derive(Default)]
struct Tally {
    cards: usize,
    whole: usize,
    fields: usize,
    wrong_sure: usize,
    unsure: usize,
    unsure_right: usize,
    wrong_valid: usize,
    times: Vec<f64>,
    each: std::collections::BTreeMap<String, (usize, usize, usize)>,
}

impl Tally {
    fn add(&mut self, card: &Value, read: &[Card], verbose: bool) {
        self.cards += 1;
        let mut all = true;
        let mut notes = Vec::new();
        for (name, wanted) in card["fields"].as_object().unwrap() {
            let wanted = wanted.as_str().unwrap();
            let field = read
                .iter()
                .flat_map(|card| &card.fields)
                .find(|field| serde_json::to_value(field.name).unwrap() == name.as_str());
            let (value, sure) = field.map_or(("", false), |field| (field.value.as_str(), field.sure));
            let right = value == wanted;
            let each = self.each.entry(name.clone()).or_default();
            each.0 += usize::from(right);
            each.1 += usize::from(!sure);
            each.2 += usize::from(!right && sure);
            self.fields += 1;
            self.unsure += usize::from(!sure);
            self.unsure_right += usize::from(!sure && right);
            self.wrong_sure += usize::from(!right && sure);
            if name == "id_number" && !right && sure {
                self.wrong_valid += 1;
            }
            all &= right;
            if !right || (verbose && !sure) {
                notes.push(format!(
                    "{name}: {wanted} -> {value} {} {:.2} {:?}",
                    if sure { "SURE" } else { "marked" },
                    field.map_or(0.0, |f| f.confidence),
                    field.map(|f| f.lookalikes.clone()).unwrap_or_default()
                ));
            }
        }
        self.whole += usize::from(all);
        let warnings: Vec<_> = read.iter().map(|card| (card.side, card.warnings.clone())).collect();
        if !notes.is_empty() || verbose {
            println!(
                "{} {} {:.2}s {warnings:?}\n    {}",
                card["seed"],
                card["hardness"],
                self.times.last().unwrap(),
                notes.join("\n    ")
            );
        }
    }

    fn report(&mut self) {
        self.times.sort_by(f64::total_cmp);
        let at = |share: f64| self.times[((self.times.len() - 1) as f64 * share) as usize];
        println!("\n{} cards, both sides right {:.1} %", self.cards, 100.0 * self.whole as f64 / self.cards as f64);
        println!(
            "fields {} wrong and sure {} ({:.2} %), marked {} ({:.1} %, of them right {}), wrong valid numbers {}",
            self.fields,
            self.wrong_sure,
            100.0 * self.wrong_sure as f64 / self.fields as f64,
            self.unsure,
            100.0 * self.unsure as f64 / self.fields as f64,
            self.unsure_right,
            self.wrong_valid
        );
        for (name, (right, unsure, wrong)) in &self.each {
            println!(
                "  {name:12} right {:.1} % marked {unsure} wrong and sure {wrong}",
                100.0 * *right as f64 / self.cards as f64
            );
        }
        println!("CPU both sides p50 {:.0} ms p95 {:.0} ms", 1000.0 * at(0.5), 1000.0 * at(0.95));
    }
}
