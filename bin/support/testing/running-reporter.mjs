/**
 * A Vitest reporter that logs when each test file begins and ends: when a suite hangs, the log names the file.
 */
export default class RunningReporter {
  onTestModuleStart(module) {
    console.log(`begins: ${module.relativeModuleId}`);
  }

  onTestModuleEnd(module) {
    console.log(`ends: ${module.relativeModuleId}`);
  }
}
