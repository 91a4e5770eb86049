"""RapidOCR with our field rules, on one thread: the peer of the ID-card reader.

`peer.py PICTURES OUT` reads every picture named in PICTURES/truth.json and writes one JSON document: how long loading took,
how much memory it takes, and for each picture its fields and the CPU time.
"""

import json
import os
import sys
import time

sys.dont_write_bytecode = True
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"


def resident_mb():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))


def main(folder, out):
    started = time.perf_counter()
    import cv2
    from rapidocr_onnxruntime import RapidOCR

    import rules

    cv2.setNumThreads(1)
    engine = RapidOCR(intra_op_num_threads=1, inter_op_num_threads=1)
    load_ms = (time.perf_counter() - started) * 1000
    loaded_mb = resident_mb()
    with open(os.path.join(folder, "truth.json")) as file:
        names = [picture["file"] for card in json.load(file) for picture in card["pictures"].values()]
    pictures = []
    for name in names:
        with open(os.path.join(folder, name), "rb") as file:
            data = file.read()
        before = time.process_time()
        found, _ = engine(data)
        fields = rules.read(found or [])
        cpu_ms = (time.process_time() - before) * 1000
        shown = {field: {"value": value, "sure": sure} for field, (value, sure) in fields.items()}
        lines = [[text, round(float(score), 3)] for _, text, score in found or []]
        pictures.append({"file": name, "fields": shown, "cpu_ms": cpu_ms, "lines": lines})
    report = {"load_ms": load_ms, "loaded_mb": loaded_mb, "end_mb": resident_mb(), "pictures": pictures}
    with open(out, "w") as file:
        json.dump(report, file, ensure_ascii=False)


if __name__ == "__main__":
    main(*sys.argv[1:3])
