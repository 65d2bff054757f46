/** A drawing process that does what the label of the first position says. */
process.on('message', ({ id, spec }) => {
  const label = spec.positions[0].label;
  const bytes = (text) => new TextEncoder().encode(text);
  switch (label) {
    case 'crash':
      process.stderr.write('out of paint\n', () => process.exit(3));
      return;
    case 'silent':
      return;
    case 'garbage':
      process.send('what?');
      return;
    case 'stale':
      process.send({ kind: 'drawn', id: id - 1, png: bytes('stale') });
      process.send({ kind: 'drawn', id, png: bytes('fresh') });
      return;
    case 'environment':
      process.send({ kind: 'drawn', id, png: bytes(Object.keys(process.env).join()) });
      return;
    case 'refuse':
      process.send({ kind: 'refused', id, reason: 'not this one' });
      return;
    default:
      process.send({ kind: 'drawn', id, png: bytes(`${process.pid} ${label}`) });
  }
});
process.on('disconnect', () => process.exit(0));
