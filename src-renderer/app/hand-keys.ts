/** Keys and gestures that belong to a place under the hand rather than to a command; for the cheat sheet. */

export interface HandKeys {
  readonly group: string
  readonly lines: readonly { readonly title: string; readonly keys: readonly string[] }[]
}

export const handKeys: readonly HandKeys[] = [
  {
    group: 'In a grid',
    lines: [
      { title: 'Move between pictures', keys: ['ArrowLeft', 'ArrowRight'] },
      { title: 'Choose', keys: ['Space'] },
      { title: 'Choose several', keys: ['Shift+Click', 'Mod+Click'] },
      { title: 'Rate', keys: ['0 to 5'] },
      { title: 'Show in the manifold', keys: ['Enter'] },
    ],
  },
  {
    group: 'On a slider',
    lines: [
      { title: 'Move', keys: ['ArrowLeft', 'ArrowRight'] },
      { title: 'Move far', keys: ['Shift+ArrowRight'] },
      { title: 'Move a little', keys: ['Alt+ArrowRight'] },
      { title: 'Type a number', keys: ['Enter'] },
      { title: 'Lock or unlock', keys: ['L'] },
      { title: 'Back to where it was', keys: ['Double-click', 'Delete'] },
    ],
  },
  {
    group: 'In the manifold',
    lines: [
      { title: 'Orbit', keys: ['Drag', 'Alt+ArrowRight'] },
      { title: 'Pan', keys: ['Right-drag', 'Space+Drag'] },
      { title: 'Pan by keys', keys: ['Shift+ArrowRight'] },
      { title: 'Zoom', keys: ['Wheel', '+'] },
      { title: 'Fly there', keys: ['Double-click'] },
      { title: 'Walk to the next design', keys: ['ArrowRight'] },
      { title: 'Choose', keys: ['Click', 'Enter'] },
      { title: 'Select a box', keys: ['Shift+Drag'] },
    ],
  },
]
