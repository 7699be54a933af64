// Stands in for packages that are loaded and never used: what debugs React, and what checks JSON schemas for
// preferences, which zod checks.
export default {};
export const Ajv2020 = undefined;
