#!/usr/bin/env node
import * as modules from 'node:module';

// Node.js 22 and newer keep what they have compiled for the next start.
modules.enableCompileCache?.();
const { main } = await import('../dist/cli.js');
process.exitCode = await main();
