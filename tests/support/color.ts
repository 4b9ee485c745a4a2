/** What colours look like to different eyes, in numbers. Colours are `#rrggbb`. */

type Rgb = readonly [number, number, number];
type Matrix = readonly [Rgb, Rgb, Rgb];

/**
 * Full dichromacy in linear RGB: Machado, Oliveira and Fernandes, "A physiologically-based model for simulation
 * of color vision deficiency", IEEE TVCG 15 (2009), severity 1.0.
 */
export const VISIONS: Readonly<Record<string, Matrix>> = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

function toLinear(color: string): Rgb {
  const channel = (start: number): number => {
    const value = Number.parseInt(color.slice(start, start + 2), 16) / 255;
    if (Number.isNaN(value)) throw new Error(`${color} is not #rrggbb.`);
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

function dot(a: Rgb, b: Rgb): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/** WCAG 2 contrast, 1–21. */
export function contrast(a: string, b: string): number {
  const luminance = (color: string): number => dot([0.2126, 0.7152, 0.0722], toLinear(color));
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

/** CIELAB (D65) after the eye's matrix. */
function toLab(color: string, vision: Matrix): Rgb {
  const linear = toLinear(color);
  const clamp = (value: number): number => Math.min(1, Math.max(0, value));
  const seen: Rgb = [
    clamp(dot(vision[0], linear)),
    clamp(dot(vision[1], linear)),
    clamp(dot(vision[2], linear)),
  ];
  const f = (t: number): number => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const x = f(dot([0.4124, 0.3576, 0.1805], seen) / 0.95047);
  const y = f(dot([0.2126, 0.7152, 0.0722], seen));
  const z = f(dot([0.0193, 0.1192, 0.9505], seen) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** CIE76 difference; about 2 is just noticeable, 10 is plain side by side. */
export function colorDifference(a: string, b: string, vision: Matrix): number {
  const [one, two] = [toLab(a, vision), toLab(b, vision)];
  return Math.hypot(one[0] - two[0], one[1] - two[1], one[2] - two[2]);
}
