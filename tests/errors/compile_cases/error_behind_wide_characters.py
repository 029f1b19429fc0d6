é = "ü"; return é
