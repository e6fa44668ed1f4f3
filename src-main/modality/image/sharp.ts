/**
 * sharp, set up once for this process. Only the decoders of the formats that Varia reads stay reachable, and only from
 * memory: whatever a file claims to be, libvips can't be talked into ImageMagick, PDF or a second file. One thread a
 * picture and several pictures at a time beat several threads a picture at these sizes; nothing is cached, since no
 * picture is read twice.
 */
import sharp from 'sharp'

sharp.cache(false)
sharp.concurrency(1)
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: [
    'VipsForeignLoadPngBuffer',
    'VipsForeignLoadJpegBuffer',
    'VipsForeignLoadWebpBuffer',
    'VipsForeignLoadHeifBuffer',
    'VipsForeignLoadNsgifBuffer',
    'VipsForeignLoadTiffBuffer',
    'VipsForeignLoadSvgBuffer',
  ],
})

export { sharp }
