/** The only addresses ever handed to the system's browser: constants (SAFETY row 6). */
import { type Page } from '../contract/bridge'

export const pageUrls: Readonly<Record<Page, string>> = {
  licence: 'https://www.apache.org/licenses/LICENSE-2.0',
}
