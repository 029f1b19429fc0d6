from __future__ import warp_drive
