use std::time::Instant;
use rten_tensor::prelude::*;
use rten_tensor::NdTensor;
use vision::convert::ppocr;
fn main() {
    let d = format!("{}/.cache/mingce/pk/rapidocr_onnxruntime/models", std::env::var("HOME").unwrap());
    let out = format!("{}/.cache/mingce/a", std::env::var("HOME").unwrap());
    std::fs::create_dir_all(&out).unwrap();
    let r = |n: &str| std::fs::read(format!("{d}/{n}")).unwrap();
    let t = Instant::now();
    for (n, b) in [("det", ppocr::detector(&r("ch_PP-OCRv4_det_infer.onnx")).unwrap()), ("rec", ppocr::recognizer(&r("ch_PP-OCRv4_rec_infer.onnx")).unwrap()), ("cls", ppocr::classifier(&r("ch_ppocr_mobile_v2.0_cls_infer.onnx")).unwrap())] {
        std::fs::write(format!("{out}/{n}.onnx"), b).unwrap();
    }
    println!("convert {:?}", t.elapsed());
    let orig = std::env::args().nth(1).as_deref() == Some("orig");
    let pool = std::sync::Arc::new(rten::ThreadPool::with_num_threads(1));
    let load = |n: &str, o: &str| { let mut opt = rten::ModelOptions::with_all_ops(); opt.prepack_weights(true);
        let t = Instant::now(); let m = opt.load_file(if orig { format!("{d}/{o}") } else { format!("{out}/{n}.onnx") }).unwrap(); println!("load {n} {:?}", t.elapsed()); m };
    let det = load("det", "ch_PP-OCRv4_det_infer.onnx");
    let rec = load("rec", "ch_PP-OCRv4_rec_infer.onnx");
    let c = if orig { 3 } else { 1 };
    for (m, n, s) in [(&det, "det", [1, c, 736, 960]), (&det, "det", [1, c, 480, 640]), (&det, "det", [1, c, 384, 608]), (&rec, "rec", [1, c, 48, 320]), (&rec, "rec", [1, c, 48, 640]), (&rec, "rec", [4, c, 48, 320]), (&rec, "rec", [1,c,48,192])] {
        let x = NdTensor::<f32, 4>::full(s, 0.1);
        for i in 0..4 {
            let t = Instant::now();
            let opts = rten::RunOptions::default().with_thread_pool(Some(pool.clone()));
            let opts = if i == 3 { opts.with_timing(std::env::args().nth(2).is_some()) } else { opts };
            let y = m.run_one(x.view().into(), Some(opts)).unwrap();
            if i > 0 { println!("{n} {s:?} {:?} {:?}", t.elapsed(), y.shape()); }
        }
    }
}
