// Loaded before the measured program: says at its end what it used, on standard error.
process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const usage = { cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakMegabytes: Math.round(maxRSS / 1024) };
  process.stderr.write(`${JSON.stringify(usage)}\n`);
});
