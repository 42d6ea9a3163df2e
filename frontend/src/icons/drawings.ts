/**
 * The line drawings of the kiosk's tiles, one per topic, on a 24 by 24 grid.
 *
 * Plain things only: the emblems of state, party, police and court and the red cross are restricted by law and are
 * drawn nowhere. Keys are the icon names of the configuration, the service ids out of the box.
 */
export const drawings = {
  /** A person with a question mark. */
  general: [
    circle(8.5, 8.5, 3.6),
    'M1.8 21c0-4.2 3-6.7 6.7-6.7s6.7 2.5 6.7 6.7',
    'M16.6 4.9a2.7 2.7 0 1 1 4 2.6c-1 .6-1.4 1.1-1.4 2.2M19.2 12.7v.1',
  ],
  /** A block of flats. */
  housing: [
    'M2 21.3h20M4 21.3V3h10.5v18.3M14.5 9.5H20v11.8',
    'M7.3 7h.9M10.7 7h.9M7.3 11h.9M10.7 11h.9M7.3 15h.9M10.7 15h.9M17.3 13.5v.1M17.3 17.3v.1',
    'M8 21.3v-2.3h2.6v2.3',
  ],
  /** A field between boundary stones. */
  'natural-resources': [
    'M7 12h10l4.7 9H2.3zM10.6 12 8.9 21M13.4 12l1.7 9M4.6 16.5h14.8',
    'M2.8 13V6.2L4.9 4 7 6.2V13zM17 13V6.2L19.1 4l2.1 2.2V13z',
  ],
  /** A bowl in two hands. */
  'civil-affairs': [
    'M6.5 8h11c0 4.2-2.2 6.8-5.5 6.8S6.5 12.2 6.5 8z',
    'M10.2 5c-.9-1 .9-1.6 0-2.7M13.8 5c-.9-1 .9-1.6 0-2.7',
    'M2.3 9.5v5.2c0 3.6 3 6.8 8 6.8M2.3 9.5c1.5 0 1.9 1 2.2 2.3.4 2 1.2 3.5 2.7 4.7',
    'M21.7 9.5v5.2c0 3.6-3 6.8-8 6.8M21.7 9.5c-1.5 0-1.9 1-2.2 2.3-.4 2-1.2 3.5-2.7 4.7',
  ],
  /** A hammer and a banknote. */
  'social-security': [
    'M2.5 14h19v7.5h-19zM5.8 17.750h.1M18.1 17.750h.1',
    circle(12, 17.75, 1.7),
    'M12.7 4.3 14.9 2.1l6.3 6.3-2.2 2.2c-1.2-1.8-3.8-4.6-6.3-6.3zM15.4 6.9l-5 4.2',
  ],
  /** A shield without any sign on it. */
  'public-security': ['M12 2.3l7.8 2.9v6.3c0 5-3.3 8.4-7.8 10.2-4.5-1.8-7.8-5.2-7.8-10.2V5.2z'],
  /** Two hands shaking. */
  justice: [
    'M1.5 6.5 5 5.6l1.6 8.6-3.4.9M22.5 6.5 19 5.6l-1.6 8.6 3.4.9',
    'M5.3 7.3l4.2-.6 2.3.9M18.7 7.3l-4.5-1.1c-1-.2-1.8.1-2.5.9l-2.9 3.3c.9 1.2 2.5 1.3 3.6.4l1.5-1.2 4.7 4.4',
    'M6.5 13.7l4.3 4.7c.9.9 2.2.6 2.5-.6M13.3 17.8c1 .8 2.4.3 2.5-1.1M15.8 16.7c1.1.4 2.2-.7 1.7-2.5',
  ],
  /** A gavel. */
  court: [
    'M3.7 9.3l6.8 6.8M10.2 2.8 17 9.6',
    'M5 10.6l6.5-6.5M9.2 14.8l6.5-6.5M12.6 11.6l8.6 8.6',
    'M2.5 21h9.5',
  ],
  /** Scales. */
  procuratorate: [
    'M12 2.5V21M7.5 21.3h9M4.8 6h14.4',
    'M5 6 1.8 14a3.3 3.3 0 0 0 6.4 0zM19 6l-3.2 8a3.3 3.3 0 0 0 6.4 0z',
  ],
  /** A sealed letter. */
  discipline: ['M2.2 5h19.6v14.5H2.2z', 'M2.5 5.4l7.2 6.2M21.5 5.4l-7.2 6.2', circle(12, 13.3, 2.8)],
  /** A rice ear. */
  agriculture: [
    'M12 21.7V8.5',
    'M12 8.3c-1.9-1.7-1.9-4.2 0-6.1 1.9 1.9 1.9 4.4 0 6.1z',
    'M12 12.3c-3 .2-5-1.6-5-4.8 3-.1 5 1.7 5 4.8zM12 12.3c3 .2 5-1.6 5-4.8-3-.1-5 1.7-5 4.8z',
    'M12 17c-3 .2-5-1.6-5-4.8 3-.1 5 1.7 5 4.8zM12 17c3 .2 5-1.6 5-4.8-3-.1-5 1.7-5 4.8z',
  ],
  /** A broom. */
  'urban-management': [
    'M21 2.5l-8.3 8.3',
    'M9.5 9.3l5.2 5.2M9.5 9.3c-3.6.8-5.8 4-7.3 9.7l2.9.1.4 2.4 3-.6 1.3.9c3-1.5 4.7-4 4.9-7.3',
    'M8.7 14.3l-3.3 4.6M11.3 16.5l-2.7 4.2',
  ],
  /** A school bag. */
  education: [
    'M4.5 21.3V11.8a7.5 7.5 0 0 1 15 0v9.5z',
    'M9 4.7V4a1.8 1.8 0 0 1 1.8-1.8h2.4A1.8 1.8 0 0 1 15 4v.7',
    'M8 21.3v-6.5h8v6.5M8 18h8M9.5 9.8h5',
  ],
  /** A stethoscope. */
  health: [
    'M6.3 2.8H4.5v5.7a5 5 0 0 0 10 0V2.8h-1.8',
    'M9.5 13.5v2.8a5 5 0 0 0 10 0v-2.5',
    circle(19.5, 11.3, 2.4),
  ],
  /** A card with a pill. */
  'medical-insurance': [
    'M10.5 18.5H4A1.8 1.8 0 0 1 2.2 16.7V6A1.8 1.8 0 0 1 4 4.2h16A1.8 1.8 0 0 1 21.8 6v3.5M2.2 8.5h19.6M5.5 14.5h3',
    'M13.2 16.3l3.6-3.6a2.8 2.8 0 0 1 4 4l-3.6 3.6a2.8 2.8 0 0 1-4-4zM15 14.5l4 4',
  ],
  /** A bus on a road. */
  transport: [
    'M4.6 16H2.5V5.8A1.8 1.8 0 0 1 4.3 4h13.5c.8 0 1.5.5 1.7 1.2L21.5 11v5h-2.1M9.4 16h5.2',
    'M2.5 10.5h18.8M8.5 4v6.5M14.5 4v6.5',
    circle(7, 16.2, 2.2),
    circle(17, 16.2, 2.2),
    'M1.8 21.5h4.5M9.8 21.5h4.5M17.7 21.5h4.5',
  ],
  /** A tap with a drop. */
  water: [
    'M2.3 6.5v8M2.3 8h11.5a5.5 5.5 0 0 1 5.5 5.5v1h-4.5v-.7a1.5 1.5 0 0 0-1.5-1.5h-11',
    'M9 8V4M5.3 3.5h7.4',
    'M17 17.2c1.3 1.6 1.9 2.4 1.9 3.2a1.9 1.9 0 0 1-3.8 0c0-.8.6-1.6 1.9-3.2z',
  ],
  /** A tree. */
  forestry: ['M12 2.2 6.8 8.8h2.6L4.8 16h14.4l-4.6-7.2h2.6zM12 16v5.8'],
  /** A shopping bag. */
  'market-regulation': ['M5 8h14l1.3 13.3H3.7z', 'M8.3 11.3V6.3a3.7 3.7 0 0 1 7.4 0v5'],
  /** A medal without any sign on it. */
  veterans: ['M7.2 2.5h9.6l-2.6 7.7M7.2 2.5l2.6 7.7', circle(12, 15.7, 5.8), circle(12, 15.7, 2.7)],
  /** Two chairs that face each other. */
  leader: ['M3.5 3.5v17.8M3.5 13.5h6.7v7.8', 'M20.5 3.5v17.8M20.5 13.5h-6.7v7.8'],
  /** Dots: more offices. */
  other: [circle(5, 12, 1.6), circle(12, 12, 1.6), circle(19, 12, 1.6)],
} satisfies Record<string, string[]>

export type IconName = keyof typeof drawings

/** A hall may name an icon that this program does not have; it then gets the dots. */
export function drawingOf(name: string): readonly string[] {
  return Object.hasOwn(drawings, name) ? drawings[name as IconName] : drawings.other
}

function circle(x: number, y: number, r: number): string {
  return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`
}
