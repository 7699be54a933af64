// Stands in for packages that are only needed to debug React.
export default {};
