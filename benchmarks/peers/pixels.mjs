// For comparing results: node pixels.mjs ORDERS, a JSON file with [{source, target, width, height}]. Writes each picture's
// pixels, 8-bit sRGB, three bytes each, and prints [{width, height}]. With a width the picture is decoded in full and then
// scaled, without the decoder's own shrinking: that is the reference.
import { readFile, writeFile } from 'node:fs/promises'
import sharp from 'sharp'

const raw = (picture) => picture.toColourspace('srgb').removeAlpha().raw().toBuffer({ resolveWithObject: true })

async function pixels({ source, target, width, height }) {
  let { data, info } = await raw(sharp(source).rotate())
  if (width) {
    const full = { width: info.width, height: info.height, channels: info.channels }
    ;({ data, info } = await raw(sharp(data, { raw: full }).resize({ width, height, fit: 'fill', kernel: 'lanczos3' })))
  }
  await writeFile(target, data)
  return { width: info.width, height: info.height }
}

const sizes = []
for (const order of JSON.parse(await readFile(process.argv[2], 'utf8'))) sizes.push(await pixels(order))
console.log(JSON.stringify(sizes))
