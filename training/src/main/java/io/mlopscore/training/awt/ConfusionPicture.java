package io.mlopscore.training.awt;

import io.mlopscore.training.ConfusionMatrix;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/// Draws a confusion matrix: true labels down, given labels across, darker where more rows are.
public final class ConfusionPicture {
  private static final int CELL = 110;
  private static final int LEFT = 170;
  private static final int TOP = 70;
  private static final int RIGHT = 40;
  private static final int BOTTOM = 90;
  private static final Color INK = new Color(0x1f2933);
  private static final Color PALE = new Color(0xf1f5f9);
  private static final Color DARK = new Color(0x0b5394);

  private final ConfusionMatrix matrix;
  private final Graphics2D graphics;
  private final BufferedImage image;

  private ConfusionPicture(ConfusionMatrix matrix) {
    this.matrix = matrix;
    var side = CELL * matrix.labels().size();
    image = new BufferedImage(LEFT + side + RIGHT, TOP + side + BOTTOM, BufferedImage.TYPE_INT_RGB);
    graphics = image.createGraphics();
  }

  /// @return a PNG file
  public static byte[] png(ConfusionMatrix matrix) throws IOException {
    System.setProperty("java.awt.headless", "true");
    var picture = new ConfusionPicture(matrix);
    picture.draw();
    var bytes = new ByteArrayOutputStream();
    ImageIO.setUseCache(false);
    ImageIO.write(picture.image, "png", bytes);
    return bytes.toByteArray();
  }

  private void draw() {
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    drawCells();
    drawLabels();
    graphics.dispose();
  }

  private void drawCells() {
    for (var row = 0; row < matrix.labels().size(); row++) {
      for (var column = 0; column < matrix.labels().size(); column++) {
        drawCell(row, column, share(row, column));
      }
    }
  }

  private double share(int row, int column) {
    return (double) matrix.counts().get(row).get(column) / Math.max(1, matrix.actual(row));
  }

  private void drawCell(int row, int column, double share) {
    var x = LEFT + column * CELL;
    var y = TOP + row * CELL;
    graphics.setColor(shade(share));
    graphics.fillRect(x + 1, y + 1, CELL - 2, CELL - 2);
    graphics.setColor(share > 0.5 ? Color.WHITE : INK);
    graphics.setFont(font(Font.BOLD, 24));
    centre(String.valueOf(matrix.counts().get(row).get(column)), x + CELL / 2, y + CELL / 2 + 2);
    graphics.setFont(font(Font.PLAIN, 13));
    centre(Math.round(share * 100) + " %", x + CELL / 2, y + CELL / 2 + 24);
  }

  private void drawLabels() {
    var side = CELL * matrix.labels().size();
    graphics.setColor(INK);
    graphics.setFont(font(Font.BOLD, 18));
    centre("Confusion matrix, " + matrix.total() + " rows", LEFT + side / 2, 40);
    graphics.setFont(font(Font.PLAIN, 14));
    for (var i = 0; i < matrix.labels().size(); i++) {
      var label = shortened(matrix.labels().get(i));
      var middle = i * CELL + CELL / 2;
      centre(label, LEFT + middle, TOP + side + 24);
      var width = graphics.getFontMetrics().stringWidth(label);
      graphics.drawString(label, LEFT - 12 - width, TOP + middle + 5);
    }
    graphics.setFont(font(Font.BOLD, 14));
    centre("predicted", LEFT + side / 2, TOP + side + 60);
    graphics.rotate(-Math.PI / 2);
    centre("actual", -(TOP + side / 2), 30);
    graphics.rotate(Math.PI / 2);
  }

  private void centre(String text, int x, int baseline) {
    graphics.drawString(text, x - graphics.getFontMetrics().stringWidth(text) / 2, baseline);
  }

  private static String shortened(String label) {
    return label.length() <= 14 ? label : label.substring(0, 13) + "…";
  }

  private static Font font(int style, int size) {
    return new Font(Font.SANS_SERIF, style, size);
  }

  private static Color shade(double share) {
    return new Color(
        mix(PALE.getRed(), DARK.getRed(), share),
        mix(PALE.getGreen(), DARK.getGreen(), share),
        mix(PALE.getBlue(), DARK.getBlue(), share));
  }

  private static int mix(int from, int to, double share) {
    return (int) Math.round(from + (to - from) * share);
  }
}
