/** Who may know whom: docs/decisions and CONTRIBUTING.md say why. Data goes one way, doors are thin, no cycles. */
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: '^src-(main|renderer)', pathNot: allowed },
})

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '\\?' } },
    only('contract-knows-nobody', '^src-main/contract', ['^src-main/contract'], 'the contract imports nothing of ours'),
    only(
      'model-is-pure',
      '^src-main/model',
      ['^src-main/model', '^src-main/contract/(recipe|augmentation|errors)\\.ts$'],
      'pure tensors',
    ),
    {
      name: 'model-has-no-platform',
      severity: 'error',
      from: { path: '^src-main/model' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'model-imports-tfjs-and-zod',
      severity: 'error',
      from: { path: '^src-main/model' },
      to: { path: 'node_modules', pathNot: 'node_modules/(@tensorflow/tfjs-core|zod)/' },
    },
    only('compute-knows-model', '^src-main/compute', ['^src-main/(compute|model|contract)'], 'where tensors live'),
    only('modality-stands-alone', '^src-main/modality', ['^src-main/(modality|contract)'], 'what a design is'),
    {
      name: 'modality-runs-no-tensors',
      severity: 'error',
      from: { path: '^src-main/modality' },
      to: { path: 'node_modules/@tensorflow', dependencyTypesNot: ['type-only'] },
    },
    only('project-stands-alone', '^src-main/project', ['^src-main/(project|contract)'], 'the project on disk'),
    only(
      'studio-knows-the-parts',
      '^src-main/studio',
      ['^src-main/(studio|model|compute|modality|project|contract)'],
      'use cases',
    ),
    only('engine-is-a-door', '^src-main/engine', ['^src-main/(engine|studio|contract)'], 'doors are thin'),
    only('page-stands-alone', '^src-main/page', ['^src-main/(page|contract)'], 'what both windowed doors serve'),
    only('desktop-is-a-door', '^src-main/desktop', ['^src-main/(desktop|page|contract)'], 'doors are thin'),
    only('server-is-a-door', '^src-main/server', ['^src-main/(server|page|engine|studio|contract)'], 'doors are thin'),
    only('cli-is-a-door', '^src-main/cli', ['^src-main/(cli|server|engine|studio|contract)'], 'doors are thin'),
    only(
      'renderer-knows-the-contract',
      '^src-renderer',
      ['^src-renderer', '^src-main/contract'],
      'the only folder of src-main it may import',
    ),
    {
      name: 'renderer-has-no-node',
      severity: 'error',
      from: { path: '^src-renderer' },
      to: { dependencyTypes: ['core'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['svelte', 'import', 'types', 'default'] },
  },
}
