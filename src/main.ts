#!/usr/bin/env node
// Not `{ enableCompileCache }`: an older Node has none, and would stop with a SyntaxError before our sentence.
import nodeModule from 'node:module';

const oldestNode = 24;
const running = Number(process.versions.node.split('.')[0]);

if (running < oldestNode) {
  process.stderr.write(
    `MFA Console needs Node ${oldestNode} or newer; this is Node ${process.versions.node}. ` +
      'Start it with "npm start", which brings its own, or install a newer Node.\n',
  );
  process.exitCode = 1;
} else {
  nodeModule.enableCompileCache?.();
  // A reader that stops early, such as `| head`, is not an error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  const { runProgram } = await import('./commands/program.ts');
  await runProgram(process.argv.slice(2), process.env.MFA_CONSOLE_VERSION ?? '0.1.0', async (flags) => {
    // Ink's styles follow --no-color and the environment by themselves, down to the cursor in a text field. Our
    // themes decide about colours, so all that must be known here is that styles can be drawn.
    process.env.FORCE_COLOR = '1';
    const { runConsole } = await import('./screens/console.tsx');
    return runConsole(flags);
  });
}
