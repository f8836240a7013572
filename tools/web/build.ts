import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { ColdrailError } from '../errors/error.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Browsers with Web Serial. */
const BROWSERS = ['chrome109', 'firefox128'];

/**
 * The technician's page as one HTML file: program, style and languages stand in it, and its policy forbids it the network.
 * @throws {ColdrailError} `web.build-failed`
 */
export async function buildPage(): Promise<string> {
  const [script, style] = await Promise.all([bundle(at('app/main.ts')), bundle(at('style/page.css'))]);
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<meta name="referrer" content="no-referrer">
<title>Coldrail</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<noscript>This page is a program: allow JavaScript for it.</noscript>
<script type="module">${script}</script>
</body>
</html>
`;
}

async function bundle(entry: string): Promise<string> {
  try {
    const { outputFiles } = await build({
      entryPoints: [entry],
      bundle: true,
      write: false,
      format: 'esm',
      target: BROWSERS,
      minify: true,
      charset: 'utf8',
      legalComments: 'none',
      logLevel: 'silent',
    });
    // esbuild writes `</script` and `</style` of a text so that neither ends the element it stands in.
    return outputFiles[0]?.text.trim() ?? '';
  } catch (error) {
    throw new ColdrailError('web.build-failed', {
      detail: error instanceof Error ? error.message : String(error),
    });
  }
}

/** What a policy names an inline script or style by. */
function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
