/** Variants that are made as soon as an image gets its name, before anybody asks. */
@NullMarked
package io.sluice.image.firstpaint;

import org.jspecify.annotations.NullMarked;
