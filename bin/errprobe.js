#!/usr/bin/env node

// Node.js 22 and newer keep what they have compiled for the next start. An import of the module would cost more than that.
process.getBuiltinModule('node:module').enableCompileCache?.();
const { main } = await import('../dist/cli.js');
process.exitCode = await main();
