import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import vue from 'eslint-plugin-vue';
import globals from 'globals';
import ts from 'typescript-eslint';

/** The size budget of ARCHITECTURE.md: rooms small enough to be read at one sitting. */
const budget = (lines) => ({
  'max-lines': ['error', { max: lines, skipBlankLines: false, skipComments: false }],
  'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
  complexity: ['error', 12],
});

const restrict = (...patterns) => ({ 'no-restricted-imports': ['error', { patterns }] });

export default ts.config(
  { ignores: ['out/**', 'dist/**', 'node_modules/**', '**/*.d.ts'] },
  js.configs.recommended,
  ...ts.configs.recommendedTypeChecked.map((config) => ({ ...config, files: ['**/*.ts', '**/*.vue'] })),
  ...vue.configs['flat/recommended'],
  {
    files: ['**/*.ts', '**/*.vue'],
    languageOptions: {
      parserOptions: { projectService: true, extraFileExtensions: ['.vue'], parser: ts.parser },
    },
    rules: {
      ...budget(400),
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      'no-console': 'error',
      eqeqeq: 'error',
      'max-params': ['error', 5],
      'max-depth': ['error', 4],
    },
  },
  {
    files: ['**/*.vue'],
    rules: {
      ...budget(300),
      'vue/multi-word-component-names': 'off',
      'vue/block-order': ['error', { order: ['script', 'template', 'style'] }],
      'vue/component-api-style': ['error', ['script-setup']],
      // The content security policy is style-src 'self': an inline style would be dropped silently.
      'vue/no-static-inline-styles': 'error',
      'vue/no-v-html': 'error',
      // An optional prop of a typed component is undefined when it is left out: that is its default.
      'vue/require-default-prop': 'off',
    },
  },
  {
    files: ['src-renderer/**'],
    languageOptions: { globals: globals.browser },
    // Composables are made to be taken apart: const { t } = useI18n().
    rules: { '@typescript-eslint/unbound-method': 'off' },
  },
  {
    files: ['src-renderer/modules/**'],
    rules: restrict(
      { group: ['axios'], message: 'Ask the server through src-renderer/api.' },
      { group: ['**/contract/desktop/*'], message: 'Reach the shell through src-renderer/desktop.' },
    ),
  },
  {
    files: ['scripts/**', '*.js', '*.cjs', '*.mjs', '.dependency-cruiser.cjs'],
    languageOptions: { globals: globals.node },
  },
  {
    // A test file is a list of examples: its outer describe function is as long as the list.
    files: ['tests/**'],
    rules: { 'max-lines-per-function': 'off', '@typescript-eslint/unbound-method': 'off' },
  },
  {
    files: ['tests/**/*.test.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'vi', property: 'waitFor', message: 'It gives up after a second: use tests/helpers/eventually.ts.' },
      ],
    },
  },
  { files: ['server/cli/**', 'server/index.ts', 'tests/bench/**'], rules: { 'no-console': 'off' } },
  prettier,
);
