/**
 * What opening a project for writing puts right after a crash. Each step can be repeated, so a crash during recovery is
 * one more crash to recover from.
 */
import { join } from 'node:path'
import { type Disk, removeUnfinished } from './disk'
import { collectionFolder, mapsFolder, runsFolder } from './places'
import { type Project } from './project'

export async function recoverProject(project: Project, disk: Disk): Promise<void> {
  const { folder } = project
  const folders = [folder, collectionFolder(folder)]
  for (const parent of [runsFolder(folder), mapsFolder(folder)]) {
    for (const name of await disk.list(parent)) if (/^\d+$/.test(name)) folders.push(join(parent, name))
  }
  for (const place of folders) await removeUnfinished(disk, place)
  project.imports.recover()
  project.runs.interrupt()
  await project.checkpoints.recover()
  await project.latents.recover()
  await project.maps.recover()
  await project.collection.removeUnnamedFiles()
}
