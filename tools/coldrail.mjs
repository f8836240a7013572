#!/usr/bin/env node
// The `coldrail` command. The tools are TypeScript; tsx runs them on every Node from 20.19 on.
import { register } from 'tsx/esm/api';

register();
const { main } = await import('./cli.ts');
process.exitCode = await main(process.argv);
