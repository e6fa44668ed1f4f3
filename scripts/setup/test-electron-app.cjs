/**
 * Put into the test Electron's `resources/app`, it does what Electron's own default application does: runs the
 * application whose folder the command line names.
 */
const { app } = require('electron')
const path = require('node:path')

const folder = process.argv.slice(1).find((argument) => !argument.startsWith('-'))
if (folder === undefined) {
  process.stderr.write('Name the folder of an application.\n')
  process.exit(2)
}
const place = path.resolve(folder)
const told = require(path.join(place, 'package.json'))
app.setName(told.productName ?? told.name)
app.setVersion(told.version)
app.setAppPath(place)
require(path.join(place, told.main))
