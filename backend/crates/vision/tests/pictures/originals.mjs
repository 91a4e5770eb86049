// Runs the original networks, as their packages run them, on the inputs in a folder, and writes what comes out beside
// them. Arguments: the folder, and where @vladmandic/human and @vladmandic/face-api lie unpacked.
import fs from 'node:fs';

const [folder, human, faceApi] = process.argv.slice(2);
// The library is the browser's; with a `process` it takes itself to be installed with native parts that are not there.
globalThis.process = undefined;
globalThis.window = globalThis;
console.warn = () => {};
const library = await import(`${faceApi}/dist/face-api.esm.js`);
const tf = library.tf;
tf.env().setPlatform('script', {
  fetch,
  now: () => performance.now(),
  encode: (text) => new TextEncoder().encode(text),
  decode: (bytes) => new TextDecoder().decode(bytes),
  isTypedArray: (array) => ArrayBuffer.isView(array) && !(array instanceof DataView),
  setTimeoutCustom: setTimeout,
});
await tf.setBackend('cpu');

const bytes = (path) => {
  const file = fs.readFileSync(path);
  return file.buffer.slice(file.byteOffset, file.byteOffset + file.length);
};
const input = (side) => tf.tensor4d(new Float32Array(bytes(`${folder}/input-${side}`)), [1, 3, side, side]).transpose([0, 2, 3, 1]);
const output = (name, tensor) => fs.writeFileSync(`${folder}/${name}`, new Uint8Array(Float32Array.from(tensor.dataSync()).buffer));

const graph = async (name, side, outputs) => {
  const json = JSON.parse(fs.readFileSync(`${human}/models/${name}.json`, 'utf8'));
  const model = await tf.loadGraphModel({
    load: async () => ({
      modelTopology: json.modelTopology,
      weightSpecs: json.weightsManifest.flatMap((group) => group.weights),
      weightData: bytes(`${human}/models/${name}.bin`),
    }),
  });
  const results = model.execute(input(side), Object.keys(outputs));
  Object.values(outputs).forEach((newName, index) => output(newName, results[index]));
};
await graph('blazeface', 256, { Identity: 'scores_fine', Identity_1: 'scores_coarse', Identity_2: 'boxes_fine', Identity_3: 'boxes_coarse' });
await graph('facemesh', 192, { Identity_1: 'present', Identity_2: 'points' });

const manifest = JSON.parse(fs.readFileSync(`${faceApi}/model/face_recognition_model-weights_manifest.json`, 'utf8'));
const recognition = new library.FaceRecognitionNet();
recognition.loadFromWeightMap(tf.io.decodeWeights(bytes(`${faceApi}/model/face_recognition_model.bin`), manifest.flatMap((group) => group.weights)));
// It takes the mean off itself.
output('numbers', recognition.forwardInput({ toBatchTensor: () => input(150) }));
