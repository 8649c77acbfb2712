/** A sheet of paper that goes with the pointer while a PDF is dragged: 44 x 56 pixels, PNG. */
export const dragIcon = [
  'iVBORw0KGgoAAAANSUhEUgAAACwAAAA4CAYAAACGwxqMAAABL0lEQVR4AdXBoU6DMQCF0W83fReeYnZuFtW5NrM1E8UsmCIw',
  'WAIOFBY3y1PwNGUkCELYz1B/7zmLmEtnRs8Pdwv+YRFz6U/3t8xhs93x6fnhbsGZxMxaTcRcOmcSA2g1EXPpnEEMotVEzKXz',
  'BzGQVhMxl84EMZhWEzGXzgliQK0mYi6dX4hBtZqIuXR+EANrNRFz6XwjBtdqIubS+SIMtJqIuXSOAjO7unnkXDGXHpjR0/0t',
  '/7HZ7hBmhBlhRpgRZoSZwITXwxtzWK+WnCLMBCasV0tGI8wIM8JMYMLr4Y05rFdLThFmAhPWqyWjEWaEGWFGmBFmhBlhJjDh',
  '4vKaOby/7DlFmBFmhBlhRpgRZoQZYUaYEWaEmcCE95c9oxFmhBlhRpgRZoSZwNFmu8PFB7JYQ+fnoJTIAAAAAElFTkSuQmCC',
].join('');
