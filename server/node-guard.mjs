// Plain JavaScript on purpose: it has to run on the Node versions it turns away.
const REQUIRED_MAJOR = 24

if (Number(process.versions.node.split('.')[0]) < REQUIRED_MAJOR) {
  console.error(
    `seon-verify needs Node ${REQUIRED_MAJOR} or later and this is ${process.versions.node}: run "npm ci" without --ignore-scripts, which brings one along.`,
  )
  process.exit(1)
}
