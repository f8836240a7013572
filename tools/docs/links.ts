/** What a Markdown page refers to, and whether it is there. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const LINK = /\[[^\]]*\]\(([^()\s]+)\)/g;
/** A path of this repository in backticks; one with a placeholder or a star stands for several. */
const NAMED_PATH = /`((?:\.ci|boards|docs|firmware|hal|test|tools)\/[\w./-]+)`/g;
const FENCE = /^```[\s\S]*?^```$/gm;

/** Markdown files at the top of the repository and in docs/, as paths from the top. */
export function markdownFiles(root: string): string[] {
  return [root, join(root, 'docs')]
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
    .filter((file) => file.endsWith('.md'));
}

/** Links and paths in `file` that lead nowhere, as they stand there. Other sites are not asked. */
export function deadEnds(file: string, root: string): string[] {
  const text = readFileSync(file, 'utf8');
  const links = [...text.replace(FENCE, '').matchAll(LINK)].map(([, target = '']) => target);
  const dead = links.filter((target) => !/^[a-z]+:/.test(target) && !leadsSomewhere(target, file));
  const named = [...text.matchAll(NAMED_PATH)].map(([, path = '']) => path);
  return [...dead, ...named.filter((path) => !existsSync(join(root, path)))];
}

function leadsSomewhere(target: string, file: string): boolean {
  const [path = '', anchor] = target.split('#');
  const place = path === '' ? file : join(dirname(file), path);
  if (!existsSync(place)) return false;
  return anchor === undefined || anchorsIn(readFileSync(place, 'utf8')).includes(anchor);
}

/** Anchors of headings as GitHub makes them. */
function anchorsIn(text: string): string[] {
  return [...text.replace(FENCE, '').matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
}
