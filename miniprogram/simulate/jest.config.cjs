module.exports = {
  rootDir: __dirname,
  testEnvironment: 'jsdom',
  testMatch: ['**/*.test.cjs'],
  // The simulator compiles the pages' own files; nothing of ours is compiled for the tests.
  transform: {},
  testTimeout: 20_000,
}
