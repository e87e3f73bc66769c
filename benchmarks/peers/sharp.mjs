// sharp in its own process: node sharp.mjs PORT. Takes one order a request, {format, options, width, outputs: {source: target
// or null}}, works it off two pictures at a time, and answers {source: length}. The pictures themselves never travel; sharp is
// given bytes, as a server would, and caches nothing.
import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { json } from 'node:stream/consumers'
import sharp from 'sharp'

sharp.cache(false)

async function convert(source, target, order) {
  const result = await sharp(await readFile(source))
    .rotate()
    .resize({ width: order.width, withoutEnlargement: true })
    .toFormat(order.format, order.options)
    .toBuffer()
  if (target) await writeFile(target, result)
  return result.length
}

async function carryOut(order) {
  const waiting = Object.entries(order.outputs)
  const lengths = {}
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      lengths[next[0]] = await convert(next[0], next[1], order)
    }
  }
  await Promise.all([lane(), lane()])
  return lengths
}

createServer(async (request, response) => {
  if (request.method !== 'PUT') return response.writeHead(204).end()
  try {
    const answer = JSON.stringify(await carryOut(await json(request)))
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(answer)
  } catch (failure) {
    response.writeHead(500, { 'Content-Type': 'application/json' }).end(JSON.stringify({ detail: String(failure) }))
  }
}).listen(Number(process.argv[2]), '127.0.0.1')
