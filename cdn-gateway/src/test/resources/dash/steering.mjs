// Lets dash.js's own steering controller load a manifest and prints what it understood.
// node steering.mjs {source map of dash.mediaplayer.debug.js} {empty folder} {address of the manifest} {pathway that the playlist has}
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [mapFile, folder, address, pathway] = process.argv.slice(2);
const own = 'webpack://dashjs/./';

// What of dash.js needs a browser: the request, the log, and strings of addresses.
const stand_ins = {
  'src/streaming/net/URLLoader.js': `export default () => ({ create: () => ({
    load: ({ request, success, error, complete }) => fetch(request.url).then(async answer => {
      asked.push(request.url);
      if (answer.ok) success(await answer.json()); else error(null, null, answer.statusText, answer);
      complete();
    }, failure => { error(failure); complete(); }) }) });`,
  'src/core/Debug.js': `const quiet = { debug() {}, info() {}, warn() {}, error() {} };
    export default () => ({ getInstance: () => ({ getLogger: () => quiet }) });`,
  'src/streaming/utils/URLUtils.js': `export default () => ({ getInstance: () => ({
    isRelative: url => !/^[a-z]+:/i.test(url), resolve: (url, base) => new URL(url, base).href }) });`,
  'src/core/Utils.js': `export default { stringHasProtocol: host => /^[a-z]+:\\/\\//i.test(host), addAdditionalQueryParameterToUrl: (url, all) => all.reduce(
    (to, { key, value }) => to + (to.includes('?') ? '&' : '?') + key + '=' + encodeURIComponent(value), url) };`,
};

const map = JSON.parse(readFileSync(mapFile));
map.sources.forEach((source, at) => {
  if (source.startsWith(own + 'src/')) {
    const name = source.slice(own.length);
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), stand_ins[name] ?? map.sourcesContent[at]);
  }
});
writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
globalThis.window = globalThis;
globalThis.asked = [];

const module = await import(pathToFileURL(join(folder, 'src/dash/controllers/ContentSteeringController.js')));
const controller = module.default({}).getInstance();
controller.setConfig({
  eventBus: { on() {}, off() {}, trigger() {} },
  adapter: { getContentSteering: () => ({ serverUrl: address, defaultServiceLocation: pathway }) },
  manifestModel: { getValue: () => ({}) },
});
controller.initialize();
const failure = await controller.loadSteeringData() ?? await controller.loadSteeringData();
const understood = controller.getCurrentSteeringResponseData();
const bases = understood
  ? controller.getSynthesizedBaseUrlElements([{ serviceLocation: pathway, url: 'https://first.example/video/', queryParams: {} }])
  : [];
console.log(JSON.stringify({ failure: failure ? String(failure.stack ?? failure) : null, asked, understood, bases }));
process.exit(0);
