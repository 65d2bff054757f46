/** Frames no client should trip over. */

/** The n-th kind of garbage; `channel` is an id the client knows. */
export function garbageFrame(n: number, channel: number): string {
  const frames = [
    'not json',
    '[',
    '{"event":"surprise"}',
    `[${channel}]`,
    `[${channel},null]`,
    `[${channel},{"mark":1}]`,
    `[${channel},[]]`,
    `[${channel},[null,null,null]]`,
    `[${channel},[1596124822000,null,0,0,null,0,null,0,0,0,null,0,null,null,-5]]`,
    `[${channel},[1596124822000,null,0,0,null,0,null,0,0,0,null,0,null,null,"NaN"]]`,
    `[${channel},[1596124822000,null,0,0,null,0,null,0,0,0,null,0,null,null,1e300]]`,
    '[999999999,[1,2,3]]',
    '[0,"pu",["tBTCF0:USTF0","ACTIVE","much",null]]',
    '[0,"wu",["margin","USTF0",null,null,null]]',
    '[0,"??",[]]',
    '"text"',
    'null',
  ];
  return frames[n % frames.length] ?? '';
}
