/**
 * The sprites' shader. Each sprite is one quad that faces the screen: the picture, and round it a frame when the item is
 * selected, hovered or coloured (a line under cut-outs). Positions blend from one layout to the next on the GPU; the arithmetic of sizes is that of
 * projection.ts, which picking uses.
 */

/** Bits of a sprite's style. */
export const styleBits = { selected: 1, hovered: 2, tinted: 4, faded: 8 } as const

/** Items in a row of the data textures. */
export const dataWidth = 1024

export const vertexShader = /* glsl */ `
precision highp float;
precision highp int;
precision highp sampler2D;

uniform sampler2D drawOrder;
uniform sampler2D fromPositions;
uniform sampler2D toPositions;
uniform sampler2D styles;
uniform float share;
uniform mat4 viewProjection;
uniform vec2 viewport;
uniform float focal;
uniform float size;
uniform vec2 halfLimits;
uniform vec3 atlas; // cell side, cells in a row, cells in a tile
uniform vec3 selectedColor;
uniform vec3 hoveredColor;
uniform float loaded;
uniform float pixelRatio;

out vec2 offset;
flat out float pictureHalf;
flat out vec3 cell;
flat out float level;
flat out vec4 frame; // colour, and how it is drawn: 0 not, 1 as a frame, 2 as a line under the picture
flat out float fade;
flat out float slot; // of its whole picture; -1 for none

void main() {
  // Four vertices a sprite, and no attributes: where sprites are instances of a quad, software rendering takes each for a
  // draw of its own and GPUs run half empty.
  int turn = gl_VertexID / 4;
  int number = gl_VertexID % 4;
  vec2 corner = vec2(number % 2 == 0 ? -1.0 : 1.0, number < 2 ? -1.0 : 1.0);
  float item = texelFetch(drawOrder, ivec2(turn % ${dataWidth}, turn / ${dataWidth}), 0).r;
  int index = int(item + 0.5);
  ivec2 place = ivec2(index % ${dataWidth}, index / ${dataWidth});
  vec4 goal = texelFetch(toPositions, place, 0);
  vec3 position = mix(texelFetch(fromPositions, place, 0).xyz, goal.xyz, share);
  slot = goal.w - 1.0;
  vec4 style = texelFetch(styles, place, 0);
  int bits = int(style.a * 255.0 + 0.5);
  bool selected = (bits & ${styleBits.selected}) != 0;
  bool hovered = (bits & ${styleBits.hovered}) != 0;
  bool tinted = (bits & ${styleBits.tinted}) != 0;

  gl_Position = viewProjection * vec4(position, 1.0);
  float side = clamp(0.5 * size * focal / gl_Position.w, halfLimits.x, halfLimits.y);
  if (hovered) side = max(side * 1.35, 14.0);
  float border = selected ? 2.5 : hovered ? 1.5 : tinted ? clamp(side * 0.16, 1.0, 3.0) : 0.0;
  vec3 borderColor = selected ? selectedColor : tinted ? style.rgb : hoveredColor;
  frame = vec4(borderColor, border > 0.0 ? 1.0 : 0.0);
  #ifdef TRANSPARENT
  // A cut-out has no edge to frame: its colour lies under it like a shelf.
  if (tinted && !selected && !hovered) frame.a = 2.0;
  #endif
  offset = corner * (side + border);
  pictureHalf = side;
  fade = (bits & ${styleBits.faded}) != 0 ? 1.0 : 0.0;
  gl_Position.xy += offset * vec2(2.0, -2.0) / viewport * gl_Position.w;
  // What is under the pointer lies in front of everything, what is selected in front of the rest at its depth.
  if (hovered) gl_Position.z = -gl_Position.w * 0.9999;

  float inTile = mod(item, atlas.z);
  cell = vec3(mod(inTile, atlas.y), floor(inTile / atlas.y), floor(item / atlas.z));
  if (item >= loaded) cell.z = -1.0;
  level = clamp(log2(atlas.x / (2.0 * side * pixelRatio)), 0.0, log2(atlas.x) - 1.0);
}
`

export const fragmentShader = /* glsl */ `
precision highp float;
precision highp sampler2DArray;

uniform sampler2DArray pictures;
uniform sampler2DArray wholePictures;
uniform vec3 atlas;
uniform vec3 pageColor;
uniform vec3 waitingColor;
uniform bool gray;

in vec2 offset;
flat in float pictureHalf;
flat in vec3 cell;
flat in float level;
flat in vec4 frame;
flat in float fade;
flat in float slot;

out vec4 color;

void main() {
  vec2 beyond = abs(offset) - pictureHalf;
  vec4 shown;
  if (max(beyond.x, beyond.y) > 0.0) {
    #ifdef TRANSPARENT
    if (frame.a == 0.0) discard;
    if (frame.a == 2.0 && (offset.y < pictureHalf || abs(offset.x) > 0.5 * pictureHalf)) discard;
    #endif
    shown = vec4(frame.rgb, 1.0);
  } else if (cell.z < 0.0) {
    shown = vec4(waitingColor, 1.0);
  } else {
    vec2 uv = offset / (2.0 * pictureHalf) + 0.5;
    if (slot >= 0.0) {
      shown = textureLod(wholePictures, vec3(uv, slot), 0.0);
    } else {
      // Interpolation must not reach into the neighbouring cell.
      float inset = 0.5 * exp2(ceil(level)) / atlas.x;
      uv = clamp(uv, inset, 1.0 - inset);
      shown = textureLod(pictures, vec3((cell.xy + uv) / atlas.y, cell.z), level);
    }
    if (gray) shown = vec4(shown.rrr, 1.0);
    #ifdef TRANSPARENT
    if (shown.a < 0.004) discard;
    #endif
  }
  color = vec4(mix(shown.rgb, pageColor * shown.a, 0.8 * fade), shown.a);
}
`
