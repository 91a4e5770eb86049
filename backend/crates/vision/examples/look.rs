use std::path::Path;
use vision::{ModelFiles, ModelId, Picture, card::CardReader, models::ModelFile};
fn main() {
    let models = std::env::var("MINGCE_MODELS").unwrap();
    let file = |name: &str| ModelFile { path: Path::new(&models).join(name), model: ModelId { id: name.into(), version: "1".into() } };
    let files = ModelFiles { text_detector: file("det.onnx"), text_recognizer: file("rec.onnx"), text_turner: file("cls.onnx"), face_detector: file("x"), face_mesh: file("x"), face_embedder: file("x") };
    let reader = CardReader::load(&files).unwrap();
    let mut names: Vec<_> = std::fs::read_dir(std::env::args().nth(1).unwrap()).unwrap().map(|e| e.unwrap().path()).filter(|p| p.extension().is_some_and(|e| e == "jpg")).collect();
    names.sort();
    for name in names {
        let card = reader.read(&Picture::read(&std::fs::read(&name).unwrap()).unwrap()).unwrap();
        println!("{} {:?} temporary {} {:?}", name.file_stem().unwrap().to_str().unwrap(), card.side, card.temporary, card.warnings);
        println!("   {}", card.fields.iter().map(|f| format!("{:?}={}{}", f.name, f.value, if f.sure { "" } else { "?" })).collect::<Vec<_>>().join(" "));
    }
}
