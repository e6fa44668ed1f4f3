import { render } from 'svelte/server'
import { describe, expect, it } from 'vitest'
import Notice from '../../../src-renderer/ui/notice.svelte'
import Prose from '../../../src-renderer/ui/prose.svelte'

/** The markup without Svelte's own comments and class names. */
function markup({ body }: { body: string }): string {
  return body.replace(/<!--.*?-->/g, '').replace(/<code[^>]*>/g, '<code>')
}

describe('Prose', () => {
  it('sets what is to be typed as code, with every space round it', () => {
    const told = render(Prose, { props: { text: 'Run `npm ci` and `npm run setup` again.' } })
    expect(markup(told)).toBe('Run <code>npm ci</code> and <code>npm run setup</code> again.')
  })

  it('shows markup in a message as the letters it is made of', () => {
    const told = render(Prose, { props: { text: 'The file <img src=x onerror=alert(1)> `<script>` is damaged.' } })
    expect(markup(told)).toBe('The file &lt;img src=x onerror=alert(1)> <code>&lt;script></code> is damaged.')
  })

  it('is how a notice shows its remedy', () => {
    const props = { message: 'It does not work.', remedy: 'Run `varia doctor`.' }
    const told = markup(render(Notice, { props }))
    expect(told).toContain('Run <code>varia doctor</code>.')
    expect(told).not.toContain('`')
  })
})
