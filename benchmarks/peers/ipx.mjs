// ipx as a server: node ipx.mjs PORT FOLDER [SHARP_OPTIONS], the last one JSON for ipx's own sharpOptions.
import { createServer } from 'node:http'
import { createIPX, createIPXNodeServer, ipxFSStorage } from 'ipx'

const [port, folder, sharpOptions = '{}'] = process.argv.slice(2)
const ipx = createIPX({ storage: ipxFSStorage({ dir: folder }), sharpOptions: JSON.parse(sharpOptions) })
createServer(createIPXNodeServer(ipx)).listen(Number(port), '127.0.0.1')
