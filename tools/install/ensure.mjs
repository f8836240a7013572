// Installs the pinned packages when node_modules does not match the lock file, so that `npm start` and `npm test` work as
// the first command on a fresh clone. Says nothing when there is nothing to do.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `error install.node-too-old: Coldrail needs Node 20.19 or newer, and this is ${process.versions.node}.`,
  );
  console.error('  Install a current Node from https://nodejs.org and try again.');
  process.exit(2);
}

function installed() {
  const stamp = 'node_modules/.package-lock.json';
  if (!existsSync(stamp)) return false;
  const wanted = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages;
  const present = JSON.parse(readFileSync(stamp, 'utf8')).packages;
  // What the lock lists for other platforms is not installed, and need not be.
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === '' || optional || present[path]?.version === version,
  );
}

if (!installed()) {
  console.error('Installing the pinned packages (once) ...');
  const npm = process.env.npm_execpath;
  const [command, before] = npm ? [process.execPath, [npm]] : ['npm', []];
  // Not `npm ci`: it refuses a lock file in which a registry without a package for some platform has left a hole.
  const install = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
  const done = spawnSync(command, [...before, ...install], {
    stdio: ['ignore', 2, 2],
  });
  if (done.status !== 0) {
    console.error('error install.failed: the packages could not be installed.');
    console.error('  Check that the npm registry can be reached (npm ping), then run the command again.');
    process.exit(1);
  }
}
